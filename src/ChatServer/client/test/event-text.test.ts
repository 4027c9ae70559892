// @vitest-environment jsdom
import type { LogEntry } from '@copilot/contracts';
import { expect, test } from 'vitest';
import { wordsFor } from '../src/locales';
import { eventText } from '../src/view/message-list';

const event = (text: string, data: Record<string, string>): LogEntry => ({
  seq: 1,
  after: 0,
  messageId: 'm1',
  kind: 'event',
  audience: 'all',
  author: { role: 'system', id: 'system' },
  text,
  data,
  sentAt: '2026-11-23T10:00:00Z',
});

test.each([
  ['en', {}, 'Kim has joined the chat'],
  ['en', { kind: 'callback' }, 'Kim calls you'],
  ['nl', { kind: 'callback' }, 'Kim belt je'],
])('in %s an agent with %j comes in by what they do', (locale, data, text) => {
  expect(eventText(wordsFor(locale), event('agent_joined', { agentName: 'Kim', ...data }))).toBe(text);
});
