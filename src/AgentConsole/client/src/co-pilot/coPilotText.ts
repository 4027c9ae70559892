import { SessionStates } from '@copilot/contracts';
import type { Messages } from '../locales/en';
import type { Said } from '../notices/NoticeStore';
import { type CoPilotState, hasCustomer, LocalPhases } from './CoPilotState';

/** How the session stands, in a sentence. */
export function statusText(state: CoPilotState, m: Messages): string {
  const { phase, away, endReason } = state;
  if (phase === SessionStates.ended) {
    return endText(endReason, m);
  }
  if (away && hasCustomer(state)) {
    return m.coPilot.away;
  }
  switch (phase) {
    case LocalPhases.asking:
      return m.coPilot.asking;
    case LocalPhases.loading:
      return m.coPilot.loading;
    case SessionStates.issued:
      return m.coPilot.issued;
    case SessionStates.awaitingConsent:
      return m.coPilot.awaitingConsent;
    case SessionStates.live:
      return liveText(state, m);
    case SessionStates.paused:
      return m.coPilot.paused;
    default:
      return m.coPilot.other;
  }
}

export function endText(reason: string | undefined, m: Messages): string {
  const known: Readonly<Record<string, string>> = m.coPilot.ended;
  return reason !== undefined && Object.hasOwn(known, reason)
    ? (known[reason] ?? m.coPilot.endedOther)
    : m.coPilot.endedOther;
}

/** `XXX-XXXXX` so that a screen reader says one character after the other and rests where the dash is. */
export function spelled(code: string): string {
  return code
    .split('-')
    .map((part) => Array.from(part).join(', '))
    .join('; ');
}

/** What the agent should hear of a change; undefined when it is no news to them. */
export function newsOf(before: CoPilotState, after: CoPilotState): Said | undefined {
  if (before.phase === LocalPhases.loading) {
    // After a reload: what is found again is on the page, and is not new.
    return undefined;
  }
  if (after.phase === SessionStates.issued && before.code !== after.code && after.code !== undefined) {
    const code = spelled(after.code);
    return (m) => m.coPilot.codeIs(code);
  }
  if (after.failures > before.failures && after.phase === before.phase) {
    return (m) => m.coPilot.failures(after.failures);
  }
  const hasChanged = after.phase !== before.phase || after.away !== before.away || !isSamePage(before, after);
  return hasChanged ? (m) => statusText(after, m) : undefined;
}

function liveText({ page }: CoPilotState, m: Messages): string {
  if (!page) {
    return m.coPilot.live;
  }
  return page.inScope ? m.coPilot.isOn(page.pageTitle ?? '', page.pageUrl ?? '') : m.coPilot.privatePage;
}

function isSamePage({ page: one }: CoPilotState, { page: other }: CoPilotState): boolean {
  return one?.inScope === other?.inScope && one?.pageUrl === other?.pageUrl && one?.pageTitle === other?.pageTitle;
}
