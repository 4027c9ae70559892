import {
  CallError,
  type ChatHubCalls,
  type ChatHubEvents,
  type CoBrowseHubCalls,
  type CoBrowseHubEvents,
  DISCONNECTED,
  type SetStatusResult,
  type WatchResult,
} from '@copilot/contracts';
import type { CallMap, SessionState } from '@copilot/realtime';
import type { CoBrowseHub } from '../src/co-pilot/CoBrowseHub';
import type { ChatHub } from '../src/connection/ChatHub';

export interface Called {
  readonly method: string;
  readonly request: unknown;
}

/** A hub in the test's hands: it answers what it was told to, and goes down and up on command. */
class FakeSession<Calls extends CallMap<Calls>, Events extends object> {
  state: SessionState = 'connecting';
  readonly called: Called[] = [];
  private readonly answers = new Map<string, (request: never) => unknown>();
  private readonly handlers = new Map<string, Set<(payload: never) => void>>();
  private readonly stateListeners = new Set<(state: SessionState) => void>();
  private readonly connectedListeners = new Set<() => void>();
  private readonly pending = new Set<(error: CallError) => void>();

  answer<M extends keyof Calls & string>(
    method: M,
    answer: (request: Calls[M]['request']) => Calls[M]['result'] | Promise<Calls[M]['result']>,
  ): void {
    this.answers.set(method, answer);
  }

  refuse(method: keyof Calls & string, code: string): void {
    this.answers.set(method, () => Promise.reject(new CallError({ code, text: '' })));
  }

  /** No answer until the connection goes down. */
  swallow(method: keyof Calls & string): void {
    this.answers.set(method, () => new Promise(() => undefined));
  }

  requests<M extends keyof Calls & string>(method: M): Calls[M]['request'][] {
    return this.called.filter((call) => call.method === method).map((call) => call.request as Calls[M]['request']);
  }

  call = <M extends keyof Calls & string>(method: M, request: Calls[M]['request']): Promise<Calls[M]['result']> => {
    if (this.state !== 'connected') {
      return Promise.reject(disconnected());
    }
    this.called.push({ method, request });
    const answer = this.answers.get(method);
    if (!answer) {
      throw new Error(`The test did not say what ${method} answers.`);
    }
    return new Promise((resolve, reject) => {
      this.pending.add(reject);
      void Promise.resolve(answer(request as never)).then(resolve, reject);
    });
  };

  on = <E extends keyof Events & string>(event: E, handler: (payload: Events[E]) => void): (() => void) => {
    const handlers = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  };

  emit<E extends keyof Events & string>(event: E, payload: Events[E]): void {
    for (const handler of this.handlers.get(event) ?? []) {
      handler(payload as never);
    }
  }

  onState = (listener: (state: SessionState) => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  onConnected = (listener: () => void): (() => void) => {
    this.connectedListeners.add(listener);
    return () => this.connectedListeners.delete(listener);
  };

  isStarted = false;

  start = (): void => {
    this.isStarted = true;
  };

  stop = (): void => {
    this.become('stopped');
  };

  connect(): void {
    this.become('connected');
    for (const listener of this.connectedListeners) {
      listener();
    }
  }

  disconnect(): void {
    this.become('reconnecting');
    for (const reject of this.pending) {
      reject(disconnected());
    }
    this.pending.clear();
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const listener of this.stateListeners) {
      listener(state);
    }
  }
}

export class FakeHub extends FakeSession<ChatHubCalls, ChatHubEvents> implements ChatHub {
  constructor() {
    super();
    this.answer('SetStatus', () => nobody);
    this.answer('GetQueues', () => ({ queues: [], agents: [] }));
    for (const method of ['SetTyping', 'MarkRead', 'Leave', 'EndChat', 'Transfer', 'DeclineOffer'] as const) {
      this.answer(method, () => ({}));
    }
  }
}

/** Answers what an agent's first code needs, and `Watch` as its events told, until the test says otherwise. */
export class FakeCoBrowseHub extends FakeSession<CoBrowseHubCalls, CoBrowseHubEvents> implements CoBrowseHub {
  watched: WatchResult = { state: 'issued', verified: false, away: false, failures: 0 };

  constructor() {
    super();
    this.answer('Watch', () => this.watched);
    this.follow('CustomerJoined', ({ verified, returned }) => ({
      ...{ verified, away: false },
      ...(returned ? {} : { state: 'awaiting_consent' }),
    }));
    this.follow('ConsentGiven', ({ endsAt }) => ({ state: 'live', endsAt }));
    this.follow('PageShown', ({ page }) => ({ page }));
    this.follow('Paused', () => ({ state: 'paused', page: undefined }));
    this.follow('Continued', () => ({ state: 'live' }));
    this.follow('CustomerAway', () => ({ away: true }));
    this.follow('SessionEnded', ({ reason }) => ({ state: 'ended', endReason: reason, page: undefined }));
    this.answer('End', () => ({}));
    this.answer('CreateCode', ({ requestId }) => ({
      sessionId: `session of ${requestId}`,
      code: 'K7P-4WXYZ',
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
    }));
  }

  private follow<Name extends keyof CoBrowseHubEvents>(
    name: Name,
    change: (event: CoBrowseHubEvents[Name]) => Partial<WatchResult>,
  ): void {
    this.on(name, (event) => {
      this.watched = { ...this.watched, ...change(event) };
    });
  }
}

/** An agent who has never said anything about their status. */
export const nobody: SetStatusResult = { agentId: 'a1', status: 'offline', capacity: 5, load: 0, contacts: [] };

function disconnected(): CallError {
  return new CallError({ code: DISCONNECTED, text: '' });
}
