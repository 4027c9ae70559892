import type { Author, CustomerInfo, LogEntry, OutboxItem } from '@copilot/contracts';
import { EntryKinds, Roles } from '@copilot/contracts';

/** `loading`: nothing is known yet. `failed`: the server could not give the log; it can be asked again. */
export type ConversationPhase = 'loading' | 'open' | 'ended' | 'failed';

export interface ConversationState {
  readonly phase: ConversationPhase;
  readonly entries: readonly LogEntry[];
  /** Written here and not in the log yet, in order. */
  readonly unsent: readonly OutboxItem[];
  readonly customer: CustomerInfo | undefined;
  /** The last `seq` that the customer has read. */
  readonly customerRead: number;
  /** The last `seq` that this agent has read, on any of their connections. */
  readonly ownRead: number;
  /** Who is typing now. */
  readonly typing: Author | undefined;
}

export const nothingKnown: ConversationState = {
  phase: 'loading',
  entries: [],
  unsent: [],
  customer: undefined,
  customerRead: 0,
  ownRead: 0,
  typing: undefined,
};

/** Something that somebody said, as opposed to an event. */
export function isSaid(entry: LogEntry): boolean {
  return entry.kind !== EntryKinds.event;
}

export function countUnread(state: ConversationState, ownId: string): number {
  let count = 0;
  // From the end, because what is unread is there; a long log costs nothing.
  for (let index = state.entries.length - 1; index >= 0; index--) {
    const entry = state.entries[index];
    if (!entry || entry.seq <= state.ownRead) {
      break;
    }
    if (isSaid(entry) && entry.author.id !== ownId) {
      count++;
    }
  }
  return count;
}

/** Since when the customer waits for an answer; undefined when it is not the agent's turn. */
export function waitsSince(state: ConversationState): string | undefined {
  if (state.phase !== 'open' || state.unsent.some((item) => item.kind === EntryKinds.text && item.state !== 'failed')) {
    return undefined;
  }
  let since: string | undefined;
  for (let index = state.entries.length - 1; index >= 0; index--) {
    const entry = state.entries[index];
    if (entry?.kind !== EntryKinds.text) {
      continue;
    }
    if (entry.author.role !== Roles.customer) {
      break;
    }
    since = entry.sentAt;
  }
  return since;
}

/** The last thing that was said. */
export function lastSaid(state: ConversationState): LogEntry | undefined {
  return state.entries.findLast(isSaid);
}
