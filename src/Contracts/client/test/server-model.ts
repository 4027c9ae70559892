import {
  CallError,
  type JoinRequest,
  type JoinResult,
  type LogEntry,
  type MessageEvent,
  type SendResult,
} from '../src/index';

export const CUSTOMER = 'c1';
export const AGENT = 'a1';

/** A repeatable stream of numbers in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function entry(seq: number, change: Partial<LogEntry> = {}): LogEntry {
  return {
    seq,
    after: seq - 1,
    messageId: `m${seq}`,
    kind: 'text',
    audience: 'all',
    author: { role: 'agent', id: AGENT, name: 'Kim' },
    text: `text ${seq}`,
    sentAt: '2026-01-01T10:00:00Z',
    ...change,
  };
}

/** What the protocol demands of a server, for one conversation and one customer: the yardstick of the randomised tests. */
export class ServerModel {
  readonly conversationId = 'k1';
  epoch = 1;
  entries: LogEntry[] = [];
  state = 'active';
  page = 500;

  /** What this customer may see. */
  get visible(): LogEntry[] {
    return this.entries.filter((each) => each.audience === 'all');
  }

  append(
    authorId: string,
    messageId: string,
    text = messageId,
    audience = 'all',
  ): { event: MessageEvent; result: SendResult } {
    const known = this.entries.find((each) => each.messageId === messageId && each.author.id === authorId);
    if (known === undefined && this.state === 'closed') {
      throw new CallError({ code: 'closed', text: '' });
    }
    const added =
      known ??
      entry(this.entries.length + 1, {
        after: this.visible.at(-1)?.seq ?? 0,
        messageId,
        text,
        audience,
        author: { role: authorId === CUSTOMER ? 'customer' : 'agent', id: authorId, name: authorId },
      });
    if (known === undefined) {
      this.entries.push(added);
    }
    const event = { conversationId: this.conversationId, epoch: String(this.epoch), message: added };
    return { event, result: { seq: added.seq, sentAt: added.sentAt, duplicate: known !== undefined } };
  }

  /** Restored from a backup that is `count` entries behind. Nobody has noticed yet, so the epoch is the old one. */
  cutBack(count: number): void {
    this.entries.length = Math.max(0, this.entries.length - count);
  }

  join({ epoch, afterSeq, afterId }: JoinRequest): JoinResult {
    const isOurs = epoch === String(this.epoch);
    const holds = afterSeq === 0 || this.entries[afterSeq - 1]?.messageId === afterId;
    if (isOurs && !holds) {
      this.epoch += 1;
    }
    const reset = epoch !== undefined && !(isOurs && holds);
    const missed = this.visible.filter((each) => reset || each.seq > afterSeq);
    return {
      conversationId: this.conversationId,
      epoch: String(this.epoch),
      reset,
      state: this.state,
      contactId: 'x1',
      messages: missed.slice(0, this.page),
      hasMore: missed.length > this.page,
      lastSeq: this.visible.at(-1)?.seq ?? 0,
      readBy: {},
    };
  }
}
