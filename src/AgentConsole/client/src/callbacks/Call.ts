import type { AgentContact, CallAttemptInfo, CallbackInfo } from '@copilot/contracts';
import { CallStates, ContactKinds, ContactStates, Reasons } from '@copilot/contracts';
import type { ContactFacts } from '../contacts/ContactFacts';

/** A call-back as the server told it to the agent who serves it, so with its number. */
export interface CallFacts extends ContactFacts {
  /** Of a call-back that was a chat. */
  readonly conversationId: string | undefined;
  readonly callback: CallbackInfo;
}

/** What came of the call, once the server has it. */
export interface CallResult {
  /** One of `CallOutcomes`. */
  readonly outcome: string;
  /** Where the call-back stands now: one of `ContactStates`. */
  readonly state: string;
  /** When the customer is called again. */
  readonly nextAttemptAt: string | undefined;
}

/** A call-back that this agent serves, or has just served. */
export interface Call extends CallFacts {
  /** Local time in milliseconds at which the agent began to dial. */
  readonly dialedAt: number | undefined;
  /** What the agent writes about this attempt. */
  readonly note: string;
  readonly result: CallResult | undefined;
  /** Why the last outcome was not taken: a code. */
  readonly problem: string | undefined;
}

/** The calls made: among the attempts stands also what somebody wrote who passed the call-back on. */
export function callsMade({ attempts }: CallbackInfo): readonly CallAttemptInfo[] {
  return attempts.filter((attempt) => attempt.outcome !== Reasons.transferred);
}

const underWay: ReadonlySet<string> = new Set([CallStates.dialling, CallStates.ringing, CallStates.answered]);

/** A provider makes the call just now; a second one beside it would find the line busy. */
export function isProviderCalling({ call }: CallbackInfo): boolean {
  return call !== undefined && underWay.has(call.status);
}

/** Undefined for what is no call-back that this agent serves. */
export function callOf(contact: AgentContact): CallFacts | undefined {
  if (
    contact.kind !== ContactKinds.callback ||
    contact.state !== ContactStates.active ||
    contact.callback === undefined
  ) {
    return undefined;
  }
  const { conversationId, acceptedAt, callback } = contact;
  return { ...contact, conversationId, acceptedAt, callback };
}
