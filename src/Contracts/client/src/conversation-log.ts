import type {
  AgentInfo,
  ContactChangedEvent,
  CustomerInfo,
  JoinRequest,
  JoinResult,
  LogEntry,
  MessageEvent,
  ReadEvent,
} from './wire';
import { ContactStates, EntryKinds, EventCodes } from './wire';

/** What became of an event. `gap`: join again. `buffered`: a join is under way and its answer decides. */
export type MessageOutcome = 'applied' | 'duplicate' | 'gap' | 'buffered';

export interface JoinOutcome {
  /** New at the end of the log, oldest first; after a reset all of it. */
  readonly added: readonly LogEntry[];
  /** The log was started anew since the last answer that was read to its end. */
  readonly reset: boolean;
  /** What was held before that; own messages among it that do not come back must be sent again. */
  readonly forgotten: readonly LogEntry[];
  /** There is more on the server, or an event came meanwhile that does not fit: join again. */
  readonly joinAgain: boolean;
}

const NO_ENTRIES: readonly LogEntry[] = [];

/**
 * One conversation's log as this client has it: the server's log up to `lastSeq`, without gaps. Pushed messages are hints:
 * each is checked against the log by the rules of the protocol ("Log entries and gaps") and what does not fit means `Join`.
 *
 * One join at a time: `joinRequest` opens it, `applyJoin` or `joinFailed` ends it; events in between are kept and judged
 * against the answer. `entries` is a new array after every change, so views may compare by identity.
 */
export class ConversationLog {
  readonly conversationId: string;
  entries: readonly LogEntry[] = NO_ENTRIES;
  epoch: string | undefined;
  /** The contact's state: `waiting`, `offered`, `active` or `closed`; undefined before the first join. */
  state: string | undefined;
  contactId: string | undefined;
  agent: AgentInfo | undefined;
  customer: CustomerInfo | undefined;
  /** Participant id to the last `seq` read. */
  readonly readBy = new Map<string, number>();
  private readonly bySeq = new Map<number, LogEntry>();
  private joining = false;
  private buffer: MessageEvent[] = [];
  private wasReset = false;
  private forgotten: readonly LogEntry[] = NO_ENTRIES;

  constructor(conversationId: string) {
    this.conversationId = conversationId;
  }

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }

  get lastId(): string | undefined {
    return this.entries.at(-1)?.messageId;
  }

  /** Is this author's message in the log? Message ids are unique per author only. */
  has(authorId: string, messageId: string): boolean {
    return this.entries.some((entry) => entry.messageId === messageId && entry.author.id === authorId);
  }

  /** The claim to send; from now on events are kept until `applyJoin` or `joinFailed`. */
  joinRequest(): JoinRequest {
    this.joining = true;
    return {
      conversationId: this.conversationId,
      afterSeq: this.lastSeq,
      ...(this.epoch === undefined ? {} : { epoch: this.epoch }),
      ...(this.lastId === undefined ? {} : { afterId: this.lastId }),
    };
  }

  applyJoin(result: JoinResult): JoinOutcome {
    this.joining = false;
    if (result.reset) {
      this.wasReset = true;
      // A second reset before the first was read to its end must not forget what the first one forgot.
      this.forgotten = [...this.forgotten, ...this.entries];
      this.entries = NO_ENTRIES;
      this.bySeq.clear();
      this.readBy.clear();
    }
    this.epoch = result.epoch;
    this.mergeReads(result.readBy);
    const added = result.messages.filter((entry) => entry.seq > this.lastSeq);
    this.append(added);
    // The answer is newer than the entries in it, which may be of long ago.
    this.state = result.state;
    this.contactId = result.contactId;
    this.agent = result.agent;
    this.customer = result.customer;
    if (result.hasMore) {
      return { added, reset: false, forgotten: NO_ENTRIES, joinAgain: true };
    }
    const more = this.replayBuffer();
    const outcome = { reset: this.wasReset, forgotten: this.forgotten };
    this.wasReset = false;
    this.forgotten = NO_ENTRIES;
    return { ...outcome, added: [...added, ...more.added], joinAgain: more.gap };
  }

  /** The join got no answer. What was kept meanwhile is dropped: the next join brings it. */
  joinFailed(): void {
    this.joining = false;
    this.buffer = [];
  }

  applyMessage(event: MessageEvent): MessageOutcome {
    if (this.joining) {
      this.buffer.push(event);
      return 'buffered';
    }
    return this.judge(event);
  }

  applyRead(event: ReadEvent): void {
    this.mergeReads({ [event.participantId]: event.seq });
  }

  /**
   * Routing's word on the contact. Its pushes have no order among the log's, so it only moves a contact forward; that an agent has left, or that
   * the conversation has ended, is in the log.
   */
  applyContactChanged(event: Pick<ContactChangedEvent, 'state' | 'agent'>): void {
    const settled: readonly (string | undefined)[] = [ContactStates.closed, ContactStates.active];
    if (!settled.includes(this.state) || event.state === ContactStates.closed) {
      this.state = event.state;
      this.agent = event.agent;
    }
  }

  private judge(event: MessageEvent): MessageOutcome {
    const entry = event.message;
    if (event.epoch !== this.epoch) {
      return 'gap';
    }
    if (entry.seq <= this.lastSeq) {
      const held = this.bySeq.get(entry.seq);
      return held?.messageId === entry.messageId && held.author.id === entry.author.id ? 'duplicate' : 'gap';
    }
    // Smaller: something was missed. Larger: we hold an entry that the server does not, so the logs are not the same.
    if (entry.after !== this.lastSeq) {
      return 'gap';
    }
    this.append([entry]);
    return 'applied';
  }

  private replayBuffer(): { added: LogEntry[]; gap: boolean } {
    const kept = this.buffer;
    this.buffer = [];
    const added: LogEntry[] = [];
    let gap = false;
    for (const event of kept) {
      const outcome = this.judge(event);
      if (outcome === 'applied') {
        added.push(event.message);
      }
      gap ||= outcome === 'gap';
    }
    return { added, gap };
  }

  private append(added: readonly LogEntry[]): void {
    if (added.length === 0) {
      return;
    }
    this.entries = [...this.entries, ...added];
    for (const entry of added) {
      this.bySeq.set(entry.seq, entry);
      if (entry.kind === EntryKinds.event) {
        this.applyEvent(entry);
      }
    }
  }

  private applyEvent({ text, data }: LogEntry): void {
    switch (text) {
      case EventCodes.agentJoined:
        this.state = ContactStates.active;
        this.agent = { agentId: data?.['agentId'] ?? '', name: data?.['agentName'] ?? '' };
        break;
      case EventCodes.agentAway:
      case EventCodes.transferred:
        this.state = ContactStates.waiting;
        this.agent = undefined;
        break;
      case EventCodes.ended:
        this.state = ContactStates.closed;
        break;
    }
  }

  private mergeReads(marks: Readonly<Record<string, number>>): void {
    for (const [participantId, seq] of Object.entries(marks)) {
      this.readBy.set(participantId, Math.max(seq, this.readBy.get(participantId) ?? 0));
    }
  }
}
