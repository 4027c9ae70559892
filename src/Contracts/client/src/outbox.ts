import type { ConversationLog, JoinOutcome } from './conversation-log';
import { DISCONNECTED, isRetriable, parseHubError, type HubError } from './errors';
import { newId } from './ids';
import { memoryOutboxStorage, type OutboxStorage } from './outbox-storage';
import { backoff, waitFor, type Wait } from './waiting';
import { EntryKinds, ErrorCodes, type LogEntry, type SendResult } from './wire';

/**
 * `sending`: in line or on its way. `sent`: accepted, not yet seen in the log. `failed`: refused for good; the person retries or discards.
 * `held`: in line behind a failed one.
 */
export type OutboxState = 'sending' | 'held' | 'sent' | 'failed';

export interface OutboxItem {
  readonly messageId: string;
  /** `text` or `note`. */
  readonly kind: string;
  readonly text: string;
  /** When it was written, in milliseconds; made unique so that it is also the order of writing. */
  readonly order: number;
  readonly state: OutboxState;
  /** Why it failed. */
  readonly error?: HubError;
}

export interface OutboxOptions {
  /** Sends one message; rejects with what `parseHubError` reads. */
  readonly send: (item: OutboxItem) => Promise<SendResult>;
  readonly onChange: () => void;
  /** The server accepted it. */
  readonly onSent?: (item: OutboxItem, result: SendResult) => void;
  readonly storage?: OutboxStorage;
  readonly wait?: Wait;
  readonly now?: () => number;
}

/** After these nothing more goes out in this conversation, so whatever is in line has failed too. */
const FINAL_CODES: ReadonlySet<string> = new Set([ErrorCodes.closed, ErrorCodes.notFound, ErrorCodes.forbidden]);

/**
 * What this person has written in one conversation and the log does not show yet.
 *
 * Guarantees: messages go out in the order of writing, one at a time, each under the id it got when it was written, until the
 * server has accepted it; so one lost answer, reload or second tab never doubles or swaps anything. A refusal for good stops
 * the line: what was written later is `held` until the person retries or discards the failed one, because nothing may overtake it unseen.
 *
 * `open()` when the conversation is joined on a live connection, `pause()` when it is lost. `items` is a new array after every change.
 */
export class Outbox {
  items: readonly OutboxItem[];
  private readonly options: OutboxOptions;
  private readonly storage: OutboxStorage;
  private readonly wait: Wait;
  private isOpen = false;
  private running = false;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.storage = options.storage ?? memoryOutboxStorage;
    this.wait = options.wait ?? waitFor;
    this.items = inOrder(this.storage.load());
  }

  /** Puts a message in line; it is stored before anything is sent. */
  write(text: string, kind: string = EntryKinds.text, messageId: string = newId()): OutboxItem {
    const item: OutboxItem = { messageId, kind, text, order: this.nextOrder(), state: 'sending' };
    this.storage.put(item);
    this.replaceAll([...this.items, item]);
    this.pump();
    return this.items.at(-1) ?? item;
  }

  /** Takes over what another tab wrote, from a `storage` event; both may send it, the server takes it once. */
  adopt(item: OutboxItem): void {
    if (!this.find(item.messageId)) {
      this.replaceAll(inOrder([...this.items, item]));
      this.pump();
    }
  }

  open(): void {
    this.isOpen = true;
    this.pump();
  }

  pause(): void {
    this.isOpen = false;
  }

  /** Sends a failed message again, with the same id. */
  retry(messageId: string): void {
    const item = this.find(messageId);
    if (item?.state === 'failed') {
      this.replace(inState(item, 'sending'));
      this.pump();
    }
  }

  /** Forgets a failed message; the person has decided. */
  discard(messageId: string): void {
    if (this.find(messageId)?.state === 'failed') {
      this.drop(messageId);
      this.pump();
    }
  }

  /**
   * Compares with the log: what it shows is finished here. After a reset (see `JoinOutcome`), own messages that are gone from the
   * log, accepted or not, go out again with their old ids, ahead of what was written since.
   */
  reconcile(log: ConversationLog, ownId: string, outcome?: Pick<JoinOutcome, 'reset' | 'forgotten'>): void {
    const rest = this.items.filter((item) => !log.has(ownId, item.messageId));
    for (const item of this.items.filter((each) => !rest.includes(each))) {
      this.storage.remove(item.messageId);
    }
    if (outcome?.reset === true) {
      this.replaceAll(this.again(rest, lostFrom(outcome.forgotten, log, ownId)));
      this.pump();
    } else if (rest.length < this.items.length) {
      this.replaceAll(rest);
      this.pump();
    }
  }

  /** The conversation has ended: nothing in line will go out. */
  close(error: HubError = { code: ErrorCodes.closed, text: '' }): void {
    this.replaceAll(this.items.map((item) => (item.state === 'sent' ? item : { ...item, state: 'failed', error })));
  }

  /** Everything back in line: what the log lost first, then what was accepted or written since. */
  private again(rest: readonly OutboxItem[], lost: readonly LogEntry[]): OutboxItem[] {
    const known = new Set(rest.map((item) => item.messageId));
    const fresh = lost.filter((entry) => !known.has(entry.messageId));
    const first = (rest[0]?.order ?? this.nextOrder()) - fresh.length;
    const back = fresh.map(({ messageId, kind, text }, index): OutboxItem => ({
      messageId,
      kind,
      text,
      order: first + index,
      state: 'sending',
    }));
    const items = [...back, ...rest.map((item) => (item.state === 'sent' ? inState(item, 'sending') : item))];
    items.forEach((item) => {
      this.storage.put(item);
    });
    return items;
  }

  private pump(): void {
    if (this.isOpen && !this.running) {
      this.running = true;
      void this.run();
    }
  }

  private async run(): Promise<void> {
    let failures = 0;
    for (let item = this.head(); item !== undefined; item = this.head()) {
      const error = await this.trySend(item);
      if (error === undefined) {
        failures = 0;
        continue;
      }
      if (!isRetriable(error.code)) {
        this.fail(item, error);
      } else if (error.code === DISCONNECTED) {
        // The next connection opens the line again; trying before would only spin.
        this.isOpen = false;
      } else {
        failures += 1;
        await this.wait(backoff(failures, error.retryAfterMs));
      }
    }
    this.running = false;
  }

  private async trySend(item: OutboxItem): Promise<HubError | undefined> {
    try {
      const result = await this.options.send(item);
      this.storage.remove(item.messageId);
      // The log may have shown it before the answer came.
      if (this.find(item.messageId)) {
        this.replace(inState(item, 'sent'));
      }
      this.options.onSent?.(item, result);
      return undefined;
    } catch (error) {
      return parseHubError(error);
    }
  }

  private fail(item: OutboxItem, error: HubError): void {
    if (FINAL_CODES.has(error.code)) {
      this.close(error);
    } else if (this.find(item.messageId)) {
      this.replace({ ...item, state: 'failed', error });
    }
  }

  /** The next to send: the first that is not accepted yet, unless that one has failed. */
  private head(): OutboxItem | undefined {
    const first = this.isOpen ? this.items.find((item) => item.state !== 'sent') : undefined;
    return first?.state === 'sending' ? first : undefined;
  }

  private find(messageId: string): OutboxItem | undefined {
    return this.items.find((item) => item.messageId === messageId);
  }

  private drop(messageId: string): void {
    this.storage.remove(messageId);
    this.replaceAll(this.items.filter((item) => item.messageId !== messageId));
  }

  private replace(item: OutboxItem): void {
    this.replaceAll(this.items.map((old) => (old.messageId === item.messageId ? item : old)));
  }

  private replaceAll(items: readonly OutboxItem[]): void {
    this.items = held(items);
    this.options.onChange();
  }

  private nextOrder(): number {
    return Math.max((this.options.now ?? Date.now)(), (this.items.at(-1)?.order ?? 0) + 1);
  }
}

function lostFrom(forgotten: readonly LogEntry[], log: ConversationLog, ownId: string): readonly LogEntry[] {
  return forgotten.filter(
    (entry) => entry.author.id === ownId && entry.kind !== EntryKinds.event && !log.has(ownId, entry.messageId),
  );
}

/** The item in a new state, its error gone. */
function inState(item: OutboxItem, state: OutboxState): OutboxItem {
  return { messageId: item.messageId, kind: item.kind, text: item.text, order: item.order, state };
}

function inOrder(items: readonly OutboxItem[]): readonly OutboxItem[] {
  return [...items].sort((a, b) => a.order - b.order || (a.messageId < b.messageId ? -1 : 1));
}

/** Marks what stands behind a failed message, and frees it when there is none any more. */
function held(items: readonly OutboxItem[]): readonly OutboxItem[] {
  let blocked = false;
  return items.map((item) => {
    blocked ||= item.state === 'failed';
    const state =
      blocked && item.state === 'sending' ? 'held' : !blocked && item.state === 'held' ? 'sending' : item.state;
    return state === item.state ? item : { ...item, state };
  });
}
