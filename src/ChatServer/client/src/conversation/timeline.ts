import { EntryKinds, type LogEntry, type OutboxItem } from '@copilot/contracts';

/** How far an own message has come, as its writer may know it. */
export type Delivery = 'sending' | 'held' | 'sent' | 'read' | 'failed';

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  readonly at: Date;
}

export interface EventRow {
  readonly kind: 'event';
  readonly key: string;
  readonly entry: LogEntry;
}

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly messageId: string;
  readonly own: boolean;
  readonly text: string;
  readonly at: Date;
  /** Whose; undefined for a message that follows one of the same author. */
  readonly author: { readonly name: string | undefined } | undefined;
  /** Own messages only. */
  readonly delivery: Delivery | undefined;
  readonly errorCode: string | undefined;
}

export type Row = DayRow | EventRow | MessageRow;

export interface TimelineSource {
  readonly entries: readonly LogEntry[];
  readonly items: readonly OutboxItem[];
  readonly ownId: string;
  readonly readBy: ReadonlyMap<string, number>;
}

/**
 * The rows to show: the log, then what is not in it yet, with a separator where a day begins. A row keeps its key when its message
 * moves from the outbox into the log, so that a view moves nothing.
 */
export function timelineOf({ entries, items, ownId, readBy }: TimelineSource): readonly Row[] {
  const readUpTo = Math.max(0, ...[...readBy].filter(([id]) => id !== ownId).map(([, seq]) => seq));
  const inLog = new Set(entries.filter((entry) => entry.author.id === ownId).map((entry) => entry.messageId));
  const rows: Row[] = [];
  let day: string | undefined;
  let lastAuthor: string | undefined;

  const add = (row: MessageRow | EventRow, at: Date, authorId: string | undefined) => {
    if (day !== at.toDateString()) {
      day = at.toDateString();
      lastAuthor = undefined;
      rows.push({ kind: 'day', key: `day:${day}`, at });
    }
    rows.push(row.kind === 'message' && authorId === lastAuthor ? { ...row, author: undefined } : row);
    lastAuthor = authorId;
  };

  for (const entry of entries) {
    const at = new Date(entry.sentAt);
    const key = `${entry.author.id}:${entry.messageId}`;
    if (entry.kind === EntryKinds.text) {
      const own = entry.author.id === ownId;
      const delivery = own ? (entry.seq <= readUpTo ? 'read' : 'sent') : undefined;
      const message = { kind: 'message', key, own, at, delivery, errorCode: undefined } as const;
      const { messageId, text, author } = entry;
      add({ ...message, messageId, text, author: { name: author.name } }, at, author.id);
    } else {
      add({ kind: 'event', key, entry }, at, undefined);
    }
  }
  for (const { messageId, text, order, state, error } of items) {
    if (!inLog.has(messageId)) {
      const at = new Date(order);
      const message = { kind: 'message', key: `${ownId}:${messageId}`, own: true, at, delivery: state } as const;
      add({ ...message, messageId, text, author: { name: undefined }, errorCode: error?.code }, at, ownId);
    }
  }
  return rows;
}
