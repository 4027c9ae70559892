import {
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  HttpTransportType,
  type IHubProtocol,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';
import type { HubLink, HubLinkOptions, OpenLink } from './hub-link';

/** The engine for scripts that have room for Microsoft's client, and for other protocols than JSON. */
export function signalRLink(protocol: () => IHubProtocol = () => new JsonHubProtocol()): OpenLink {
  return (options) => new SignalRLink(options, protocol());
}

/** SignalR over WebSockets only and without negotiation, so that any node behind any load balancer may answer. */
class SignalRLink implements HubLink {
  lastHeard = performance.now();
  private readonly connection: HubConnection;

  constructor(options: HubLinkOptions, protocol: IHubProtocol) {
    const { token } = options;
    this.connection = new HubConnectionBuilder()
      .withUrl(options.url, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        ...(token === undefined ? {} : { accessTokenFactory: () => token }),
      })
      .withHubProtocol(
        listening(protocol, () => {
          this.lastHeard = performance.now();
          options.onHeard?.();
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
      try {
        heard();
      } catch (error) {
        reportError(error); // Thrown on, it would end the connection.
      }
      return protocol.parseMessages(input, logger);
    },
  };
}
