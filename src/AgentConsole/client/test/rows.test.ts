import { describe, expect, test } from 'vitest';
import { toRows } from '../src/conversation/rows';
import { eventText } from '../src/conversation/eventText';
import { noteText } from '../src/ending/dispositions';
import { en } from '../src/locales/en';
import { entry } from './fixtures';

describe('rows of a log', () => {
  test('begin with the day and with each turn', () => {
    const rows = toRows([
      entry(1),
      entry(2),
      entry(3, { author: { role: 'agent', id: 'a1', name: 'Ada' } }),
      entry(4, { author: { role: 'agent', id: 'a1', name: 'Ada' }, kind: 'note', audience: 'agents' }),
    ]);
    expect(rows.map((row) => (row.kind === 'message' ? row.isFirst : row.kind))).toEqual([
      'day',
      true,
      false,
      true,
      true,
    ]);
  });

  test('separate days', () => {
    const rows = toRows([entry(1), entry(2, { sentAt: '2026-11-25T12:00:00Z' })]);
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'day', 'message']);
  });
});

describe('events in words', () => {
  const event = (text: string, data?: Record<string, string>) =>
    eventText(entry(1, { kind: 'event', text, ...(data && { data }) }), en);

  test('name the agent', () => {
    expect(event('agent_joined', { agentName: 'Ada' })).toBe('Ada joined the chat');
    expect(event('agent_joined', { agentName: 'Ada', kind: 'callback' })).toBe('Ada calls the customer');
  });

  test('say who ended the chat', () => {
    expect(event('ended', { by: 'customer' })).toBe('The customer ended the chat');
    expect(event('ended', { by: 'supervisor' })).toBe('The agent ended the chat');
    expect(event('ended')).toBe('The chat has ended');
  });

  test('never show a code that this console does not know', () => {
    expect(event('bot_took_over')).not.toContain('bot_took_over');
  });
});

describe('the note that ends a chat', () => {
  const note = (text: string, messageId = 'end:contact1') => noteText(entry(1, { kind: 'note', messageId, text }), en);

  test('tells the disposition in words', () => {
    expect(note('not_resolved\nwaits for the carrier')).toBe('Ended as: Not resolved\nwaits for the carrier');
    expect(note('resolved')).toBe('Ended as: Resolved');
  });

  test('leaves an agent’s own word, and every other note, alone', () => {
    expect(note('passed to legal\nsee mail')).toBe('passed to legal\nsee mail');
    expect(note('resolved', 'm1')).toBe('resolved');
  });
});
