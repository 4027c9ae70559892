import { type CallInfo, CallOutcomes, CallStates, ContactStates, ErrorCodes } from '@copilot/contracts';
import type { Formats } from '../locales/Formats';
import type { Messages } from '../locales/en';
import type { CallResult } from './Call';

/** An outcome in words; one that this console does not know is told neutrally. */
export function outcomeText(outcome: string | undefined, m: Messages): string {
  const known: Readonly<Record<string, string>> = m.calls.outcomes;
  return outcome !== undefined && Object.hasOwn(known, outcome)
    ? (known[outcome] ?? m.calls.outcomes.other)
    : m.calls.outcomes.other;
}

/** How the provider's call stands; what this console does not know is told neutrally. */
export function providerText({ status, outcome, reason }: CallInfo, m: Messages): string {
  const { provider } = m.calls;
  switch (status) {
    case CallStates.dialling:
      return provider.dialling;
    case CallStates.ringing:
      return provider.ringing;
    case CallStates.answered:
      return provider.answered;
    case CallStates.ended:
      return outcome === undefined ? provider.endedSomehow : provider.ended(outcomeText(outcome, m));
    case CallStates.leftToAgent:
      return reason === ErrorCodes.outsideHours ? provider.outside_hours : provider.left_to_agent;
    default:
      return provider.other;
  }
}

/** What happens next with the call-back. */
export function nextText(result: CallResult, m: Messages, formats: Formats, now: number): string {
  if (result.state !== ContactStates.closed) {
    return result.nextAttemptAt === undefined
      ? m.calls.done.againLater
      : m.calls.done.again(formats.near(result.nextAttemptAt, now));
  }
  switch (result.outcome) {
    case CallOutcomes.reached:
      return m.calls.done.reached;
    case CallOutcomes.wrongNumber:
      return m.calls.done.wrong_number;
    default:
      return m.calls.done.not_reached;
  }
}
