import type {
  AgentContact,
  AgentProfileResult,
  CustomerInfo,
  JoinResult,
  LogEntry,
  OfferedEvent,
} from '@copilot/contracts';
import { vi } from 'vitest';
import { Desk } from '../src/app/Desk';
import { ServerClock } from '../src/clock/ServerClock';
import { en } from '../src/locales/en';
import { Announcer } from '../src/notices/Announcer';
import { NoticeStore } from '../src/notices/NoticeStore';
import { FakeCoBrowseHub, FakeHub } from './fakeHub';

export const profile: AgentProfileResult = {
  agentId: 'a1',
  name: 'Ada Agent',
  role: 'agent',
  email: 'ada@demo.example',
  site: 'demo',
  queues: ['orders'],
  capacity: 5,
  expiresAt: '2026-11-22T08:00:00Z',
};

export const customer: CustomerInfo = { customerId: 'c1', verified: true, name: 'Carla Customer' };

export function contact(number: number, change: Partial<AgentContact> = {}): AgentContact {
  return {
    contactId: `contact${number}`,
    conversationId: `conversation${number}`,
    kind: 'chat',
    state: 'active',
    queue: 'orders',
    topic: 'orders',
    customer,
    arrivedAt: `2026-11-21T20:0${number}:00Z`,
    acceptedAt: `2026-11-21T20:1${number}:00Z`,
    ...change,
  };
}

export function entry(seq: number, change: Partial<LogEntry> = {}): LogEntry {
  return {
    seq,
    after: seq - 1,
    messageId: `m${seq}`,
    kind: 'text',
    audience: 'all',
    author: { role: 'customer', id: 'c1', name: 'Carla Customer' },
    text: `text ${seq}`,
    sentAt: new Date(Date.UTC(2026, 10, 21, 20, 0, seq)).toISOString(),
    ...change,
  };
}

export function joined(
  conversationId: string,
  messages: readonly LogEntry[],
  change: Partial<JoinResult> = {},
): JoinResult {
  return {
    conversationId,
    epoch: 'e1',
    reset: false,
    state: 'active',
    contactId: conversationId.replace('conversation', 'contact'),
    customer,
    messages,
    hasMore: false,
    lastSeq: messages.at(-1)?.seq ?? 0,
    readBy: {},
    ...change,
  };
}

export function offered(change: Partial<OfferedEvent> = {}): OfferedEvent {
  return {
    offerId: 'o1',
    contactId: 'contact1',
    kind: 'chat',
    queue: 'orders',
    topic: 'orders',
    customer,
    waitedSeconds: 30,
    expiresAt: new Date(Date.now() + 20_000).toISOString(),
    text: 'Where is my order?',
    ...change,
  };
}

/** A call-back without a conversation, as the agent who serves it sees it. */
export function callback(number: number, change: Partial<AgentContact> = {}): AgentContact {
  const known = contact(number);
  delete (known as { conversationId?: string }).conversationId;
  return {
    ...known,
    kind: 'callback',
    callback: { phone: '+31612345678', attempts: [], note: 'About my order' },
    ...change,
  };
}

export function offeredCall(change: Partial<OfferedEvent> = {}): OfferedEvent {
  const known = offered({ kind: 'callback' });
  delete (known as { text?: string }).text;
  return { ...known, callback: { phone: '+31 •••• 5678', attempts: [], note: 'About my order' }, ...change };
}

/** A desk on a hub in the test's hands. */
export function openDesk(hub = new FakeHub(), storage: Storage = sessionStorage, who = profile) {
  const notices = new NoticeStore();
  const announcer = new Announcer();
  const onStatusChosen = vi.fn();
  const coBrowse = new FakeCoBrowseHub();
  const clock = new ServerClock();
  const desk = new Desk({ profile: who, hub, coBrowse, clock, notices, announcer, storage, onStatusChosen });
  return { desk, hub, coBrowse, notices, announcer, said: () => notices.state.get().map((notice) => notice.say(en)) };
}

/** Lets everything that was answered be dealt with. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** What jsdom lacks of a browser and the component library asks for. */
export function stubBrowser(): void {
  sessionStorage.clear();
  Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });
  Element.prototype.scrollIntoView = vi.fn();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      unobserve = vi.fn();
      disconnect = vi.fn();
    },
  );
}
