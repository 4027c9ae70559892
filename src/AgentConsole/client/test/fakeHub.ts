import {
  CallError,
  type ChatHubCalls,
  type ChatHubEvents,
  DISCONNECTED,
  type SetStatusResult,
} from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { ChatHub } from '../src/connection/ChatHub';

type Answer<M extends keyof ChatHubCalls> = (
  request: ChatHubCalls[M]['request'],
) => ChatHubCalls[M]['result'] | Promise<ChatHubCalls[M]['result']>;

export interface Called {
  readonly method: string;
  readonly request: unknown;
}

/** A hub in the test's hands: it answers what it was told to, and goes down and up on command. */
export class FakeHub implements ChatHub {
  state: SessionState = 'connecting';
  readonly called: Called[] = [];
  private readonly answers = new Map<string, (request: never) => unknown>();
  private readonly handlers = new Map<string, Set<(payload: never) => void>>();
  private readonly stateListeners = new Set<(state: SessionState) => void>();
  private readonly connectedListeners = new Set<() => void>();
  private readonly pending = new Set<(error: CallError) => void>();

  constructor() {
    this.answer('SetStatus', () => nobody);
    this.answer('GetQueues', () => ({ queues: [], agents: [] }));
    for (const method of ['SetTyping', 'MarkRead', 'Leave', 'EndChat', 'Transfer', 'DeclineOffer'] as const) {
      this.answer(method, () => ({}));
    }
  }

  answer<M extends keyof ChatHubCalls>(method: M, answer: Answer<M>): void {
    this.answers.set(method, answer);
  }

  refuse(method: keyof ChatHubCalls, code: string): void {
    this.answers.set(method, () => Promise.reject(new CallError({ code, text: '' })));
  }

  /** No answer until the connection goes down. */
  swallow(method: keyof ChatHubCalls): void {
    this.answers.set(method, () => new Promise(() => undefined));
  }

  requests<M extends keyof ChatHubCalls>(method: M): ChatHubCalls[M]['request'][] {
    return this.called
      .filter((call) => call.method === method)
      .map((call) => call.request as ChatHubCalls[M]['request']);
  }

  call = <M extends keyof ChatHubCalls>(
    method: M,
    request: ChatHubCalls[M]['request'],
  ): Promise<ChatHubCalls[M]['result']> => {
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
      void Promise.resolve(answer(request as never)).then(resolve as (result: unknown) => void, reject);
    });
  };

  on = <E extends keyof ChatHubEvents>(event: E, handler: (payload: ChatHubEvents[E]) => void): (() => void) => {
    const handlers = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  };

  emit<E extends keyof ChatHubEvents>(event: E, payload: ChatHubEvents[E]): void {
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

  start = (): void => undefined;

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

/** An agent who has never said anything about their status. */
export const nobody: SetStatusResult = { agentId: 'a1', status: 'offline', capacity: 5, load: 0, contacts: [] };

function disconnected(): CallError {
  return new CallError({ code: DISCONNECTED, text: '' });
}
