import type { LogEntry, OutboxItem } from '@copilot/contracts';
import { expect, test } from 'vitest';
import { timelineOf } from '../src/conversation/timeline';

const ME = 'c1';

function entry(
  seq: number,
  authorId: string,
  sentAt = '2026-01-05T10:00:00Z',
  change: Partial<LogEntry> = {},
): LogEntry {
  const author = { role: authorId === ME ? 'customer' : 'agent', id: authorId, name: authorId };
  return {
    seq,
    after: seq - 1,
    messageId: `m${seq}`,
    kind: 'text',
    audience: 'all',
    author,
    text: 't',
    sentAt,
    ...change,
  };
}

function item(messageId: string, state: OutboxItem['state'] = 'sending'): OutboxItem {
  return { messageId, kind: 'text', text: messageId, order: Date.parse('2026-01-05T10:05:00Z'), state };
}

function rows(entries: readonly LogEntry[], items: readonly OutboxItem[] = [], readBy = new Map<string, number>()) {
  return timelineOf({ entries, items, ownId: ME, readBy });
}

test('shows the log, then what is not in it yet', () => {
  const keys = rows([entry(1, ME)], [item('later')]).map((row) => row.key);
  expect(keys.slice(1)).toEqual(['c1:m1', 'c1:later']);
});

test('a message keeps its key and shows once when it arrives in the log', () => {
  const before = rows([], [item('m1')]);
  const after = rows([entry(1, ME)], [item('m1', 'sent')]);
  expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
});

test('another author may use the same message id', () => {
  expect(rows([entry(1, 'a1', undefined, { messageId: 'same' })], [item('same')])).toHaveLength(3);
});

test('separates the days', () => {
  const days = rows([entry(1, ME, '2026-01-05T10:00:00Z'), entry(2, ME, '2026-01-07T10:00:00Z')]);
  expect(days.map((row) => row.kind)).toEqual(['day', 'message', 'day', 'message']);
});

test('names the author once per run, and again after an event', () => {
  const event = entry(3, 'system', undefined, { kind: 'event', text: 'agent_joined' });
  const named = rows([entry(1, 'a1'), entry(2, 'a1'), event, entry(4, 'a1')]);
  expect(named.map((row) => (row.kind === 'message' ? row.author?.name : row.kind))).toEqual([
    'day',
    'a1',
    undefined,
    'event',
    'a1',
  ]);
});

test('tells how far own messages have come', () => {
  const readBy = new Map([
    ['a1', 1],
    [ME, 9],
  ]);
  const deliveries = rows([entry(1, ME), entry(2, ME), entry(3, 'a1')], [item('x'), item('y', 'failed')], readBy);
  expect(deliveries.flatMap((row) => (row.kind === 'message' ? [row.delivery] : []))).toEqual([
    'read',
    'sent',
    undefined,
    'sending',
    'failed',
  ]);
});
