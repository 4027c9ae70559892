import {
  ErrorCodes,
  type HubError,
  isRetriable,
  parseHubError,
  type ResumeSessionRequest,
  type ResumeSessionResult,
  SessionEndReasons,
} from '@copilot/contracts';
import { LocalEndReasons } from './co-pilot-state';
import type { CoBrowseHub } from './hub';

export interface LineOptions {
  readonly hub: CoBrowseHub;
  readonly sessionId: string;
  readonly keepAliveSeconds: number;
  readonly leaseSeconds: number;
  /** The code was redeemed on the connection that stands, which therefore has the session. */
  readonly isJoined: boolean;
  readonly resumeRequest: () => ResumeSessionRequest;
  readonly onJoined: (answer: ResumeSessionResult) => void;
  readonly onLost: () => void;
  /** The session is over for this page: one of the wire's reasons or of `LocalEndReasons`. */
  readonly onOver: (reason: string) => void;
  /** What the server should hear next, if anything; asked again after each answer. */
  readonly next: () => (() => Promise<void>) | undefined;
  readonly isActive: () => boolean;
  /** When the server last had the session from this tab, by `Date.now()`; undefined when nobody knows. */
  readonly aliveAt: () => number | undefined;
  readonly onAlive: () => void;
}

/** After a refusal that says "later", and does not say when. */
const RETRY_MS = 2_000;
/** By how much the timer that keeps the lease may be late, in parts of its interval, before what the server says does its work. */
const LATE = 1.25;

/** The session's talk with the server: has it from every new connection, tells one thing at a time, keeps the lease, and learns when it is over. */
export class ServerLine {
  /** This connection has the session. */
  isJoined: boolean;
  readonly #options: LineOptions;
  readonly #subscriptions: (() => void)[];
  readonly #keepAlive: ReturnType<typeof setInterval>;
  #lease: ReturnType<typeof setTimeout> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  #saidAliveAt = Date.now();
  #isTelling = false;
  #mustTellAgain = false;
  #isClosed = false;

  constructor(options: LineOptions) {
    const { hub, sessionId } = options;
    this.#options = options;
    this.isJoined = options.isJoined;
    let isOwn = options.isJoined;
    this.#subscriptions = [
      hub.on('SessionEnded', (ended) => {
        if (ended.sessionId === sessionId) {
          this.#over(ended.reason);
        }
      }),
      hub.onState((state) => {
        if (state !== 'connected') {
          this.#lost();
        }
      }),
      // Calls back at once for the connection that stands, and that one may have the session already.
      hub.onConnected(() => {
        if (!isOwn) {
          void this.#join();
        }
      }),
    ];
    isOwn = false;
    this.#subscriptions.push(
      // The timers of a tab in the background run too seldom for the lease; the server's pings come all the same.
      hub.onHeard(() => {
        if (Date.now() - this.#saidAliveAt >= options.keepAliveSeconds * 1_000 * LATE) {
          void this.#sayAlive();
        }
      }),
    );
    this.#keepAlive = setInterval(() => void this.#sayAlive(), options.keepAliveSeconds * 1_000);
    if (!this.isJoined) {
      this.#awaitLease();
    }
  }

  async tell(): Promise<void> {
    if (this.#isTelling) {
      this.#mustTellAgain = true;
      return;
    }
    this.#isTelling = true;
    try {
      for (let call = this.#nextCall(); call; call = this.#nextCall()) {
        await call();
      }
    } catch (error) {
      this.refused(parseHubError(error));
    } finally {
      this.#isTelling = false;
      this.#tellAgain();
    }
  }

  /** What became news while a call was lost with its connection has not been told. */
  #tellAgain(): void {
    if (this.#mustTellAgain) {
      this.#mustTellAgain = false;
      void this.tell();
    }
  }

  /** What a call of this session was answered with, also one that others made. */
  refused({ code, retryAfterMs }: HubError): void {
    if (this.#isClosed) {
      return;
    }
    if (code === ErrorCodes.stale) {
      this.#over(SessionEndReasons.displaced);
    } else if (code === ErrorCodes.conflict || isRetriable(code)) {
      this.#tryLater(code === ErrorCodes.conflict, retryAfterMs ?? RETRY_MS);
    } else {
      // After the lease it has ended, whatever else has happened.
      const { aliveAt, leaseSeconds } = this.#options;
      const isGone = Date.now() - (aliveAt() ?? Infinity) >= leaseSeconds * 1_000;
      this.#over(isGone ? SessionEndReasons.customerGone : LocalEndReasons.unknown);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.isJoined = false;
    clearInterval(this.#keepAlive);
    clearTimeout(this.#lease);
    clearTimeout(this.#later);
    for (const unsubscribe of this.#subscriptions) {
      unsubscribe();
    }
    this.#options.hub.stop();
  }

  #nextCall(): (() => Promise<void>) | undefined {
    return this.isJoined && !this.#isClosed ? this.#options.next() : undefined;
  }

  async #join(): Promise<void> {
    try {
      const answer = await this.#options.hub.call('ResumeSession', this.#options.resumeRequest());
      if (!this.#isClosed && this.#options.hub.state === 'connected') {
        this.isJoined = true;
        clearTimeout(this.#lease);
        this.#saidAliveAt = Date.now();
        this.#options.onJoined(answer);
        this.#options.onAlive();
        await this.tell();
      }
    } catch (error) {
      this.refused(parseHubError(error));
    }
  }

  #lost(): void {
    if (this.isJoined && !this.#isClosed) {
      this.isJoined = false;
      this.#awaitLease();
      this.#options.onLost();
    }
  }

  /** Not heard for this long, the session has ended on the server, whether or not anybody can say so. */
  #awaitLease(): void {
    clearTimeout(this.#lease);
    this.#lease = setTimeout(() => {
      this.#over(SessionEndReasons.customerGone);
    }, this.#options.leaseSeconds * 1_000);
  }

  async #sayAlive(): Promise<void> {
    if (this.isJoined) {
      this.#saidAliveAt = Date.now();
      try {
        const { hub, sessionId, isActive, onAlive } = this.#options;
        await hub.call('KeepAlive', { sessionId, active: isActive() });
        onAlive();
      } catch (error) {
        this.refused(parseHubError(error));
      }
    }
  }

  /** A connection that was lost comes back by itself, and joins then. @param mustJoin What holds is not what this page thinks. */
  #tryLater(mustJoin: boolean, milliseconds: number): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      if (this.#options.hub.state === 'connected') {
        void (this.isJoined && !mustJoin ? this.tell() : this.#join());
      }
    }, milliseconds);
  }

  #over(reason: string): void {
    if (!this.#isClosed) {
      this.close();
      this.#options.onOver(reason);
    }
  }
}
