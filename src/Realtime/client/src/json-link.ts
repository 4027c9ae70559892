import type { HubLink, HubLinkOptions, OpenLink } from './hub-link';

/** Ends each message of the protocol. JSON escapes it inside of texts. */
const RECORD_END = '\u001e';

/** The protocol's numbers of the messages that are known here; streams are not. */
const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
const CLOSE = 7;

interface HubMessage {
  /** Absent in the answer to the handshake. */
  readonly type?: number;
  readonly invocationId?: string;
  readonly target?: string;
  readonly arguments?: readonly unknown[];
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine for scripts that must be small: SignalR's JSON protocol, version 1, over one WebSocket without negotiation. It has what this
 * project's hubs use: calls with an answer, events with one argument, pings. A server that asks a client for an answer hears that there is none.
 */
export const jsonLink: OpenLink = (options) => new JsonLink(options);

class JsonLink implements HubLink {
  lastHeard = performance.now();
  readonly #options: HubLinkOptions;
  readonly #handlers = new Map<string, (payload: unknown) => void>();
  readonly #waiting = new Map<string, Waiting>();
  /** Undefined before the start and after the end. */
  #socket: WebSocket | undefined;
  /** Whoever waits for the handshake. */
  #starting: Waiting | undefined;
  #onEnd: (() => void) | undefined;
  #calls = 0;
  #lastSaid = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HubLinkOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    const { url, token } = this.#options;
    const address = new URL(url, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    if (token !== undefined) {
      address.searchParams.set('access_token', token);
    }
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#say({ protocol: 'json', version: 1 });
    };
    socket.onmessage = ({ data }) => {
      this.#hear(String(data));
    };
    socket.onclose = () => {
      this.close();
    };
    return new Promise((resolve, reject) => {
      this.#starting = {
        resolve: () => {
          resolve();
        },
        reject,
      };
    });
  }

  invoke(method: string, request: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const invocationId = String(this.#calls++);
      this.#waiting.set(invocationId, { resolve, reject });
      this.#say({ type: INVOCATION, invocationId, target: method, arguments: [request] });
      if (!this.#socket) {
        this.#rejectWaiting();
      }
    });
  }

  on(event: string, handler: (payload: unknown) => void): void {
    this.#handlers.set(event, handler);
  }

  onClosed(handler: () => void): void {
    this.#onEnd = handler;
  }

  close(): void {
    const socket = this.#socket;
    const starting = this.#starting;
    if (!socket) {
      return;
    }
    this.#socket = undefined;
    // The browser tells of the end only when the other side has agreed to it, or after a long wait.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    clearInterval(this.#beat);
    clearTimeout(this.#silence);
    this.#rejectWaiting();
    if (starting) {
      starting.reject(ended());
    } else {
      this.#onEnd?.();
    }
  }

  #say(message: object): void {
    this.#lastSaid = performance.now();
    this.#socket?.send(JSON.stringify(message) + RECORD_END);
  }

  #hear(frame: string): void {
    this.lastHeard = performance.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.close();
    }, this.#options.serverTimeoutMs);
    // Browsers slow the timers of hidden pages down, and what the server says comes all the same.
    if (!this.#starting && this.lastHeard - this.#lastSaid >= this.#options.keepAliveMs) {
      this.#say({ type: PING });
    }
    try {
      for (const record of frame.split(RECORD_END).slice(0, -1)) {
        if (this.#socket) {
          this.#take(JSON.parse(record) as HubMessage);
        }
      }
    } catch {
      this.close(); // That was no SignalR.
    }
    this.#options.onHeard?.();
  }

  #take(message: HubMessage): void {
    const { type, invocationId = '', target = '' } = message;
    if (this.#starting) {
      this.#greeted(message.error);
    } else if (type === INVOCATION) {
      this.#dispatch(target, message.arguments?.[0]);
      if (invocationId !== '') {
        this.#say({ type: COMPLETION, invocationId, error: "Client didn't provide a result." });
      }
    } else if (type === COMPLETION) {
      const call = this.#waiting.get(invocationId);
      this.#waiting.delete(invocationId);
      if (message.error === undefined) {
        call?.resolve(message.result);
      } else {
        call?.reject(new Error(message.error));
      }
    } else if (type === CLOSE) {
      this.close();
    }
  }

  #greeted(error: string | undefined): void {
    if (error !== undefined) {
      this.close();
      return;
    }
    this.#starting?.resolve(undefined);
    this.#starting = undefined;
    this.#beat = setInterval(() => {
      this.#say({ type: PING });
    }, this.#options.keepAliveMs);
  }

  #dispatch(event: string, payload: unknown): void {
    try {
      this.#handlers.get(event)?.(payload);
    } catch (error) {
      reportError(error);
    }
  }

  #rejectWaiting(): void {
    for (const { reject } of this.#waiting.values()) {
      reject(ended());
    }
    this.#waiting.clear();
  }
}

function ended(): Error {
  return new Error('The connection has ended.');
}
