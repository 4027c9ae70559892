import { CallError, type CoBrowseHubCalls, type CoBrowseHubEvents, DISCONNECTED } from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { CoBrowseHub } from '../../src/session/hub';

type Method = keyof CoBrowseHubCalls;
type Answers = { [M in Method]?: (request: CoBrowseHubCalls[M]['request']) => unknown };

export const SCOPE = {
  allowed: [{ origin: 'https://shop.example', path: '/' }],
  excluded: ['/checkout'],
  dangerous: [],
};
export const LIMITS = {
  keepAliveSeconds: 20,
  leaseSeconds: 60,
  consentSeconds: 120,
  idleSeconds: 600,
  totalSeconds: 3_600,
};

export const refuse = (code: string, retryAfterMs?: number) => () => {
  throw new CallError({ code, text: '', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
};

/** A hub in memory: what is not answered otherwise is accepted. */
export class FakeHub implements CoBrowseHub {
  state: SessionState = 'connecting';
  readonly calls: { method: string; request: Record<string, unknown> }[] = [];
  answers: Answers = {};
  /** What the server holds the session for. */
  serverState = 'live';
  private tokens = 1;
  private readonly handlers = new Map<string, Set<(payload: never) => void>>();
  private readonly onStates = new Set<(state: SessionState) => void>();
  private readonly onHeards = new Set<() => void>();
  private readonly onConnects = new Set<() => void>();

  call: CoBrowseHub['call'] = async (method, request) => {
    if (this.state !== 'connected') {
      throw new CallError({ code: DISCONNECTED, text: '' });
    }
    this.calls.push({ method, request: request as unknown as Record<string, unknown> });
    await Promise.resolve();
    const answer = this.answers[method] as ((request: unknown) => unknown) | undefined;
    return (answer ? answer(request) : this.usual(method)) as never;
  };

  on: CoBrowseHub['on'] = (event, handler) => {
    const handlers = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  };

  onState: CoBrowseHub['onState'] = (listener) => {
    this.onStates.add(listener);
    return () => this.onStates.delete(listener);
  };

  onConnected: CoBrowseHub['onConnected'] = (listener) => {
    this.onConnects.add(listener);
    if (this.state === 'connected') {
      listener();
    }
    return () => this.onConnects.delete(listener);
  };

  onHeard: CoBrowseHub['onHeard'] = (listener) => {
    this.onHeards.add(listener);
    return () => this.onHeards.delete(listener);
  };

  /** The server has said something, if only a ping. */
  heard(): void {
    for (const listener of [...this.onHeards]) {
      listener();
    }
  }

  start(): void {
    // Tests say when it connects.
  }

  stop(): void {
    this.set('stopped');
  }

  connect(): void {
    this.set('connected');
    for (const listener of [...this.onConnects]) {
      listener();
    }
  }

  drop(): void {
    this.set('reconnecting');
  }

  emit<Event extends keyof CoBrowseHubEvents>(event: Event, payload: CoBrowseHubEvents[Event]): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      handler(payload as never);
    }
  }

  get methods(): string[] {
    return this.calls.map((each) => each.method);
  }

  last(method: Method): Record<string, unknown> | undefined {
    return this.calls.findLast((each) => each.method === method)?.request;
  }

  private usual(method: string): unknown {
    if (method === 'ResumeSession') {
      this.tokens += 1;
      const resumeToken = `t${this.tokens}`;
      return {
        resumeToken,
        state: this.serverState,
        agentName: 'Anna',
        scope: SCOPE,
        shownSelectors: ['.shown'],
        limits: LIMITS,
        inScope: true,
        nextSeq: 1_048_577,
      };
    }
    return method === 'PageChanged' ? { inScope: true } : {};
  }

  private set(state: SessionState): void {
    if (this.state !== state && this.state !== 'stopped') {
      this.state = state;
      for (const listener of [...this.onStates]) {
        listener(state);
      }
    }
  }
}
