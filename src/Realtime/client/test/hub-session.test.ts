import { DISCONNECTED } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HubLink, HubSession, type HubSessionOptions, SessionOver, type SessionState } from '../src/index';

interface Calls {
  Echo: { request: { text: string }; result: { text: string } };
}

interface Events {
  Said: { text: string };
}

/** A connection in the test's hands. */
class FakeLink implements HubLink {
  lastHeard = performance.now();
  closed = false;
  readonly handlers = new Map<string, (payload: unknown) => void>();
  readonly answers: { resolve: (result: unknown) => void; reject: (error: Error) => void }[] = [];
  private onEnd: (() => void) | undefined;
  private settleStart: { resolve: () => void; reject: (error: Error) => void } | undefined;

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settleStart = { resolve, reject };
    });
  }

  invoke(): Promise<unknown> {
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }

  on(event: string, handler: (payload: unknown) => void): void {
    this.handlers.set(event, handler);
  }

  onClosed(handler: () => void): void {
    this.onEnd = handler;
  }

  close(): void {
    this.closed = true;
    // As SignalR does: calls in flight are rejected first, then the end is told.
    this.answers.forEach((answer) => {
      answer.reject(new Error('Invocation canceled due to the underlying connection being closed.'));
    });
    this.onEnd?.();
  }

  accept(): Promise<unknown> {
    this.settleStart?.resolve();
    return flush();
  }

  refuse(): Promise<unknown> {
    this.settleStart?.reject(new Error('Failed to start the transport'));
    return flush();
  }
}

const flush = () => vi.advanceTimersByTimeAsync(0);

describe('a hub session', () => {
  let links: FakeLink[];
  let states: SessionState[];
  let tokens: number[];
  let wakeUp: () => void;
  let hear: () => void;
  let session: HubSession<Calls, Events>;

  const latest = () => {
    const link = links.at(-1);
    if (!link) {
      throw new Error('No attempt was made.');
    }
    return link;
  };
  const make = (options: Partial<HubSessionOptions> = {}) => {
    const made = new HubSession<Calls, Events>({
      url: '/hub',
      random: () => 0.5,
      token: (failures) => {
        tokens.push(failures);
        return Promise.resolve('token');
      },
      link: ({ onHeard }) => {
        links.push(new FakeLink());
        hear = () => onHeard?.();
        return latest();
      },
      wakeUp: (callback) => {
        wakeUp = callback;
        return () => undefined;
      },
      ...options,
    });
    made.onState((state) => states.push(state));
    return made;
  };
  const connect = async () => {
    session.start();
    await flush();
    await latest().accept();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    links = [];
    states = [];
    tokens = [];
    session = make();
  });

  afterEach(() => {
    session.stop();
    vi.useRealTimers();
  });

  test('is connected only once the handshake was answered', async () => {
    session.start();
    await flush();
    expect(session.state).toBe('connecting');
    await latest().accept();
    expect(states).toEqual(['connected']);
  });

  test('comes back for ever, with growing waits, and asks for a token each time', async () => {
    session.start();
    await flush();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      const since = performance.now();
      await latest().refuse();
      while (links.length === attempt && performance.now() - since < 20_000) {
        await vi.advanceTimersByTimeAsync(25);
      }
      waits.push(performance.now() - since);
    }
    expect(waits.slice(0, 4)).toEqual([375, 750, 1_500, 3_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
    expect(tokens.slice(0, 3)).toEqual([0, 1, 2]);
    expect(session.state).toBe('connecting');
    await latest().accept();
    expect(session.state).toBe('connected');
  });

  test('says so when a good connection is lost, returns within a second and runs onConnected again', async () => {
    const joins: number[] = [];
    session.onConnected(() => joins.push(links.length));
    await connect();
    await vi.advanceTimersByTimeAsync(60_000);
    latest().close();
    await flush();
    expect(session.state).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(1_000);
    await latest().accept();
    expect(states).toEqual(['connected', 'reconnecting', 'connected']);
    expect(joins).toEqual([1, 2]);
  });

  test('does not run in circles when each connection is closed on arrival', async () => {
    session.start();
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (!latest().closed) {
        await latest().accept();
        latest().close();
      }
    }
    expect(links.length).toBeLessThan(12);
  });

  test('gives up an attempt that the network holds', async () => {
    session.start();
    await vi.advanceTimersByTimeAsync(12_000 + 1_000);
    expect(links[0]?.closed).toBe(true);
    expect(links).toHaveLength(2);
  });

  test('answers calls, and rejects with what the hub refused', async () => {
    await connect();
    const echo = session.call('Echo', { text: 'hi' });
    latest().answers[0]?.resolve({ text: 'hi' });
    await expect(echo).resolves.toEqual({ text: 'hi' });
    const refused = session.call('Echo', { text: 'hi' });
    latest().answers[1]?.reject(
      new Error('An unexpected error. HubException: rate_limited: Slow down. retry_after_ms=20'),
    );
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 20 });
  });

  test('rejects as disconnected without a connection, and when it breaks', async () => {
    await expect(session.call('Echo', { text: 'hi' })).rejects.toMatchObject({ code: DISCONNECTED });
    await connect();
    const echo = expect(session.call('Echo', { text: 'hi' })).rejects.toMatchObject({ code: DISCONNECTED });
    latest().close();
    await echo;
  });

  test('replaces a connection on which a call gets no answer', async () => {
    await connect();
    const echo = expect(session.call('Echo', { text: 'hi' })).rejects.toMatchObject({ code: DISCONNECTED });
    await vi.advanceTimersByTimeAsync(12_000);
    await echo;
    expect(latest().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(links).toHaveLength(2);
  });

  test('tries at once when the page wakes up', async () => {
    session.start();
    await flush();
    await latest().refuse();
    wakeUp();
    await flush();
    expect(links).toHaveLength(2);
  });

  test('replaces a silent connection when the page wakes up, and keeps one that was heard', async () => {
    await connect();
    await vi.advanceTimersByTimeAsync(30_000);
    latest().lastHeard = performance.now();
    wakeUp();
    expect(links[0]?.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(8_000);
    wakeUp();
    expect(links[0]?.closed).toBe(true);
  });

  test('tells of whatever the server says, on every connection, until nobody listens', async () => {
    const heard = vi.fn();
    const stop = session.onHeard(heard);
    await connect();
    hear();
    expect(heard).toHaveBeenCalledOnce();
    latest().close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(links).toHaveLength(2);
    hear();
    expect(heard).toHaveBeenCalledTimes(2);
    stop();
    hear();
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('leaves a draining node at its own moment inside the window', async () => {
    await connect();
    latest().handlers.get('Draining')?.({ reconnectWithinSeconds: 20 });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(links[0]?.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(links[0]?.closed).toBe(true);
  });

  test('hands events to every handler, on later connections too, until taken off', async () => {
    const heard: string[] = [];
    const off = session.on('Said', (event) => heard.push(event.text));
    await connect();
    session.on('Said', (event) => heard.push(event.text.toUpperCase()));
    latest().handlers.get('Said')?.({ text: 'a' });
    off();
    latest().close();
    await vi.advanceTimersByTimeAsync(2_000);
    await latest().accept();
    latest().handlers.get('Said')?.({ text: 'b' });
    expect(heard).toEqual(['a', 'A', 'B']);
  });

  test('goes on when the token provider fails, and stops when it says that it is over', async () => {
    session = make({
      token: (failures) => Promise.reject(failures < 2 ? new Error('offline') : new SessionOver()),
    });
    session.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.state).toBe('stopped');
    expect(links).toHaveLength(0);
  });

  test('stays stopped', async () => {
    await connect();
    session.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    session.start();
    wakeUp();
    await flush();
    expect(session.state).toBe('stopped');
    expect(links).toHaveLength(1);
    expect(latest().closed).toBe(true);
  });
});
