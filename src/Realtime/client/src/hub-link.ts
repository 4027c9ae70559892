/**
 * One connection to a hub, from its start to its end; never started twice. What the server says reaches handlers in the order in which it
 * was said, and before the answer to a call that was answered later; a handler that throws ends nothing.
 */
export interface HubLink {
  /** Resolves when the handshake was answered, and rejects when the connection ended before. */
  start(): Promise<void>;
  /**
   * Rejects with the hub's refusal in its own words, such as `HubException: code: text`, or when the connection ends first: then with any
   * other words.
   */
  invoke(method: string, request: unknown): Promise<unknown>;
  on(event: string, handler: (payload: unknown) => void): void;
  /** Called once, when a started connection has ended for whatever reason; calls that wait have been rejected by then. */
  onClosed(handler: () => void): void;
  /** Ends it at once, without waiting for a network that may be dead. */
  close(): void;
  /** When the server last said anything, pings included, on the clock of `performance.now()`. */
  readonly lastHeard: number;
}

export interface HubLinkOptions {
  /** Of http or https; of a browser's page also relative to it. */
  readonly url: string;
  /** Goes as `access_token` into the address in browsers, whose WebSockets have no headers of one's own. */
  readonly token: string | undefined;
  /** Silence after which the connection ends. */
  readonly serverTimeoutMs: number;
  /** How long a server that speaks itself hears nothing at most. */
  readonly keepAliveMs: number;
  /** The server has said anything, pings included. */
  readonly onHeard?: () => void;
}

/** An engine: `signalRLink()` knows everything that SignalR does, `jsonLink` is small. */
export type OpenLink = (options: HubLinkOptions) => HubLink;
