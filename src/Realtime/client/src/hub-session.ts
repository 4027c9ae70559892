import { backoff, CallError, DISCONNECTED, isHubException, parseHubError } from '@copilot/contracts';
import type { HubLink, OpenLink } from './hub-link';
import { onWakeUp } from './wake-up';

/** `connecting` until the first connection stands, `reconnecting` after one was lost, `stopped` for good. */
export type SessionState = 'connecting' | 'connected' | 'reconnecting' | 'stopped';

/** Shapes of a hub's calls and events, such as the generated `ChatHubCalls` and `ChatHubEvents`. */
export type CallMap<Calls> = { [Method in keyof Calls]: { request: unknown; result: unknown } };

export interface HubSessionOptions {
  readonly url: string;
  /**
   * Asked before every attempt for the bearer token; undefined where a cookie carries it. `failures` counts the attempts in a row
   * that failed: a browser tells nobody that a WebSocket handshake was answered 401, so with `failures > 0` ask the server over HTTP whether
   * the token still holds. Throw `SessionOver` when there is no way back in; any other error is one more failed attempt.
   */
  readonly token?: (failures: number) => Promise<string | undefined>;
  readonly link: OpenLink;
  readonly timing?: Partial<SessionTiming>;
  /** For tests. */
  readonly wakeUp?: (callback: () => void) => () => void;
  readonly random?: () => number;
}

export interface SessionTiming {
  /** Silence after which the server is given up. It pings every 5 s, so two pings may be lost. */
  readonly serverTimeoutMs: number;
  readonly keepAliveMs: number;
  /** A call without an answer for this long means that the connection only looks alive. */
  readonly callTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** After a wake-up a connection that was silent for this long is replaced at once. */
  readonly staleAfterMs: number;
  /** A connection that lived shorter counts as a failed attempt, so that one closed on arrival is not tried in a tight loop. */
  readonly shortLifeMs: number;
}

const TIMING: SessionTiming = {
  serverTimeoutMs: 12_000,
  keepAliveMs: 5_000,
  callTimeoutMs: 12_000,
  connectTimeoutMs: 12_000,
  staleAfterMs: 7_500,
  shortLifeMs: 5_000,
};

/** After the loss of a good connection everybody comes back within this time, not all in one instant. */
const FIRST_RETRY_WITHIN_MS = 1_000;

/** Thrown by a token provider: signed out, refused for good. The session stops. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
}

const DRAINING = 'Draining';

interface DrainingEvent {
  readonly reconnectWithinSeconds: number;
}

/**
 * A hub connection that comes back by itself for ever and says honestly how it is: `connected` means that the handshake was
 * answered and that the server has been heard since, by its pings at least, within `serverTimeoutMs`.
 *
 * Nothing is replayed here: a call that got no answer rejects with code `disconnected`, and whoever needs continuity joins again
 * in `onConnected`, which runs on every new connection.
 */
export class HubSession<Calls extends CallMap<Calls>, Events extends object> {
  state: SessionState = 'connecting';
  readonly #options: HubSessionOptions;
  readonly #timing: SessionTiming;
  readonly #random: () => number;
  readonly #handlers = new Map<string, Set<(payload: never) => void>>([[DRAINING, new Set()]]);
  readonly #stateListeners = new Set<(state: SessionState) => void>();
  readonly #connectedListeners = new Set<() => void>();
  readonly #heardListeners = new Set<() => void>();
  #link: HubLink | undefined;
  #attempting: HubLink | undefined;
  #running = false;
  #skipPause: (() => void) | undefined;
  #stopWakeUp: (() => void) | undefined;
  #drain: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HubSessionOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.#random = options.random ?? Math.random;
  }

  start(): void {
    if (this.#running || this.#isStopped()) {
      return;
    }
    this.#running = true;
    this.#stopWakeUp = (this.#options.wakeUp ?? onWakeUp)(() => {
      this.#wake();
    });
    void this.#run();
  }

  /** Ends the session for good. */
  stop(): void {
    this.#setState('stopped');
    this.#stopWakeUp?.();
    this.#skipPause?.();
    this.#attempting?.close();
    this.#link?.close();
  }

  /** Rejects with a `CallError`: the server's refusal, or `disconnected` when no answer came and the outcome is unknown. */
  async call<Method extends keyof Calls & string>(
    method: Method,
    request: Calls[Method]['request'],
  ): Promise<Calls[Method]['result']> {
    const link = this.#link;
    if (link === undefined) {
      throw disconnected();
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(disconnected());
        link.close();
      }, this.#timing.callTimeoutMs);
    });
    try {
      return await Promise.race([link.invoke(method, request), deadline]);
    } catch (error) {
      // What the hub did not say itself on a connection that has ended is the connection's end, in SignalR's many words.
      throw this.#link === link || isHubException(error) ? new CallError(parseHubError(error)) : disconnected();
    } finally {
      clearTimeout(timer);
    }
  }

  on<Event extends keyof Events & string>(event: Event, handler: (payload: Events[Event]) => void): () => void {
    let handlers = this.#handlers.get(event);
    if (handlers === undefined) {
      handlers = new Set();
      this.#handlers.set(event, handlers);
      this.#attempting?.on(event, this.#dispatcher(event));
      this.#link?.on(event, this.#dispatcher(event));
    }
    handlers.add(handler);
    return () => this.#handlers.get(event)?.delete(handler);
  }

  onState(listener: (state: SessionState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Runs on every new connection, and at once when there is one. */
  onConnected(listener: () => void): () => void {
    this.#connectedListeners.add(listener);
    if (this.state === 'connected') {
      listener();
    }
    return () => this.#connectedListeners.delete(listener);
  }

  /**
   * Runs whenever the server was heard, at the latest with its next ping: also in a tab in the background, whose timers browsers let run once
   * a minute.
   */
  onHeard(listener: () => void): () => void {
    this.#heardListeners.add(listener);
    return () => this.#heardListeners.delete(listener);
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped()) {
      const livedMs = await this.#connectOnce(failures);
      failures = livedMs >= this.#timing.shortLifeMs ? 0 : failures + 1;
      await this.#pause(failures === 0 ? this.#random() * FIRST_RETRY_WITHIN_MS : backoff(failures, 0, this.#random));
    }
  }

  /** One connection from attempt to end; answers how long it stood, 0 when it never did. */
  async #connectOnce(failures: number): Promise<number> {
    try {
      const token = await this.#options.token?.(failures);
      if (this.#isStopped()) {
        return 0;
      }
      const link = this.#open(token);
      const closed = new Promise<void>((resolve) => {
        link.onClosed(resolve);
      });
      this.#attempting = link;
      await this.#startInTime(link);
      this.#attempting = undefined;
      const since = performance.now();
      this.#connected(link);
      await closed;
      this.#disconnected();
      return performance.now() - since;
    } catch (error) {
      this.#attempting = undefined;
      if (error instanceof SessionOver) {
        this.stop();
      }
      return 0;
    }
  }

  #open(token: string | undefined): HubLink {
    const { serverTimeoutMs, keepAliveMs } = this.#timing;
    const onHeard = () => {
      for (const listener of [...this.#heardListeners]) {
        listener();
      }
    };
    const link = this.#options.link({ url: this.#options.url, token, serverTimeoutMs, keepAliveMs, onHeard });
    for (const event of this.#handlers.keys()) {
      link.on(event, this.#dispatcher(event));
    }
    return link;
  }

  async #startInTime(link: HubLink): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Raced and not only closed, because SignalR's stop waits for a start that a dead network may hold for minutes.
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        link.close();
        reject(disconnected());
      }, this.#timing.connectTimeoutMs);
    });
    try {
      await Promise.race([link.start(), deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  #connected(link: HubLink): void {
    this.#link = link;
    if (this.#isStopped()) {
      link.close();
      return;
    }
    this.#setState('connected');
    for (const listener of [...this.#connectedListeners]) {
      listener();
    }
  }

  #disconnected(): void {
    this.#link = undefined;
    clearTimeout(this.#drain);
    this.#drain = undefined;
    if (!this.#isStopped()) {
      this.#setState('reconnecting');
    }
  }

  #dispatcher(event: string): (payload: unknown) => void {
    return (payload) => {
      if (event === DRAINING) {
        this.#leaveWithin(payload as DrainingEvent);
      }
      for (const handler of [...(this.#handlers.get(event) ?? [])]) {
        handler(payload as never);
      }
    };
  }

  /** The node goes away. Everybody leaves at a moment of their own, so that the other nodes are not hit by all at once. */
  #leaveWithin(event: DrainingEvent): void {
    const link = this.#link;
    this.#drain ??= setTimeout(
      () => {
        link?.close();
      },
      this.#random() * event.reconnectWithinSeconds * 1_000,
    );
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#skipPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Timers may have slept with the page: try now, and doubt a connection that has been silent. */
  #wake(): void {
    this.#skipPause?.();
    if (this.#link && performance.now() - this.#link.lastHeard > this.#timing.staleAfterMs) {
      this.#link.close();
    }
  }

  #setState(state: SessionState): void {
    if (this.state !== state) {
      this.state = state;
      for (const listener of [...this.#stateListeners]) {
        listener(state);
      }
    }
  }

  // A method, because the compiler would otherwise take the state for unchanged across an await.
  #isStopped(): boolean {
    return this.state === 'stopped';
  }
}

function disconnected(): CallError {
  return new CallError({ code: DISCONNECTED, text: 'No answer came; whether the server acted is unknown.' });
}
