import type { AgentOverview, AgentProfileResult, LineContact, LineOverview, SiteOverview } from '@copilot/contracts';
import { FakeHub } from './fakeHub';
import { customer, profile } from './fixtures';

export const supervisor: AgentProfileResult = { ...profile, agentId: 's1', name: 'Sam', role: 'supervisor' };

/** Milliseconds before now, as the wire has it. */
export const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();

export function line(queue: string, change: Partial<LineOverview> = {}): LineOverview {
  return {
    queue,
    waiting: 0,
    callbacksWaiting: 0,
    serving: 0,
    agentsAvailable: 0,
    callbacksDue: 0,
    callbacksScheduled: 0,
    answerWithinSeconds: 60,
    answeredPerHour: 0,
    estimatesPerHour: 0,
    isOpen: true,
    ...change,
  };
}

export function agent(name: string, change: Partial<AgentOverview> = {}): AgentOverview {
  return {
    agent: { agentId: name, name },
    status: 'available',
    load: 0,
    capacity: 2,
    isOnCall: false,
    queues: ['orders'],
    isConnected: true,
    ...change,
  };
}

export function waiting(position: number, change: Partial<LineContact> = {}): LineContact {
  return {
    contactId: `contact${position}`,
    kind: 'chat',
    state: 'waiting',
    position,
    topic: 'parcels',
    customer,
    arrivedAt: ago(position * 1_000),
    headStartSeconds: 0,
    ...change,
  };
}

export function overview(change: Partial<SiteOverview> = {}): SiteOverview {
  return { at: ago(0), lines: [line('orders'), line('returns')], agents: [], ...change };
}

/** Answers each watch with what it is given last, and who is in the line that is asked for. */
export function liveHub(first: SiteOverview = overview(), contacts: readonly LineContact[] = []) {
  const hub = new FakeHub();
  const site = { now: first };
  hub.answer('WatchSite', ({ queue }) =>
    queue === undefined ? site.now : { ...site.now, line: { queue, total: contacts.length, contacts } },
  );
  for (const method of ['UnwatchSite', 'CloseQueue', 'OpenQueue', 'MoveContact', 'SetPriority'] as const) {
    hub.answer(method, () => ({}));
  }
  return { hub, site };
}
