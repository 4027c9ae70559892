import {
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  HttpTransportType,
  type IHubProtocol,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';

/** One connection to a hub, from its start to its end; never started twice. */
export interface HubLink {
  start(): Promise<void>;
  invoke(method: string, request: unknown): Promise<unknown>;
  on(event: string, handler: (payload: unknown) => void): void;
  /** Called once, when a started connection has ended for whatever reason. */
  onClosed(handler: () => void): void;
  /** Ends it at once, without waiting for a network that may be dead. */
  close(): void;
  /** When the server last said anything, pings included, on the clock of `performance.now()`. */
  readonly lastHeard: number;
}

export interface HubLinkOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly serverTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly protocol: IHubProtocol | undefined;
}

/** SignalR over WebSockets only and without negotiation, so that any node behind any load balancer may answer. */
export class SignalRLink implements HubLink {
  lastHeard = performance.now();
  private readonly connection: HubConnection;

  constructor(options: HubLinkOptions) {
    const { token } = options;
    this.connection = new HubConnectionBuilder()
      .withUrl(options.url, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        ...(token === undefined ? {} : { accessTokenFactory: () => token }),
      })
      .withHubProtocol(
        listening(options.protocol ?? new JsonHubProtocol(), () => {
          this.lastHeard = performance.now();
        }),
      )
      .withServerTimeout(options.serverTimeoutMs)
      .withKeepAliveInterval(options.keepAliveMs)
      .configureLogging(LogLevel.None)
      .build();
  }

  start(): Promise<void> {
    return this.connection.start();
  }

  invoke(method: string, request: unknown): Promise<unknown> {
    return this.connection.invoke(method, request);
  }

  on(event: string, handler: (payload: unknown) => void): void {
    this.connection.on(event, handler);
  }

  onClosed(handler: () => void): void {
    this.connection.onclose(handler);
  }

  close(): void {
    if (this.connection.state !== HubConnectionState.Disconnected) {
      // It rejects when a start is still under way, which is what is wanted.
      void this.connection.stop().catch(() => undefined);
    }
  }
}

/** SignalR keeps pings to itself; every frame passes the protocol's parser, so that is where one can hear them. */
function listening(protocol: IHubProtocol, heard: () => void): IHubProtocol {
  return {
    name: protocol.name,
    version: protocol.version,
    transferFormat: protocol.transferFormat,
    writeMessage: (message) => protocol.writeMessage(message),
    parseMessages: (input, logger) => {
      heard();
      return protocol.parseMessages(input, logger);
    },
  };
}
