import type { OutboxItem } from '@copilot/contracts';
import { describe, expect, test } from 'vitest';
import { type ConversationState, countUnread, nothingKnown, waitsSince } from '../src/conversation/ConversationState';
import { entry } from './fixtures';

const agent = { role: 'agent', id: 'a1', name: 'Ada' };
const state = (change: Partial<ConversationState>): ConversationState => ({
  ...nothingKnown,
  phase: 'open',
  ...change,
});
const unsent = (change: Partial<OutboxItem>): OutboxItem => ({
  messageId: 'u1',
  kind: 'text',
  text: 'x',
  order: 1,
  state: 'sending',
  ...change,
});

describe('what is unread', () => {
  test('is what others said after the mark, events and own words aside', () => {
    const entries = [
      entry(1),
      entry(2, { author: agent }),
      entry(3, { kind: 'event', text: 'agent_joined' }),
      entry(4),
      entry(5, { kind: 'note', author: { role: 'agent', id: 'a2', name: 'Bob' } }),
    ];
    expect(countUnread(state({ entries }), 'a1')).toBe(3);
    expect(countUnread(state({ entries, ownRead: 1 }), 'a1')).toBe(2);
    expect(countUnread(state({ entries, ownRead: 5 }), 'a1')).toBe(0);
  });
});

describe('waiting for a reply', () => {
  test('begins with the customer’s first words after the last answer', () => {
    const entries = [entry(1, { author: agent }), entry(2), entry(3), entry(4, { kind: 'note', author: agent })];
    expect(waitsSince(state({ entries }))).toBe(entry(2).sentAt);
  });

  test('ends with an answer, also one on its way, but not with one that failed', () => {
    const entries = [entry(1)];
    expect(waitsSince(state({ entries: [...entries, entry(2, { author: agent })] }))).toBeUndefined();
    expect(waitsSince(state({ entries, unsent: [unsent({})] }))).toBeUndefined();
    expect(waitsSince(state({ entries, unsent: [unsent({ state: 'failed' })] }))).toBe(entry(1).sentAt);
  });

  test('is over when the chat is', () => {
    expect(waitsSince(state({ phase: 'ended', entries: [entry(1)] }))).toBeUndefined();
  });
});
