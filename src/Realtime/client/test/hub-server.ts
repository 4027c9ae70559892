import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type Message = Record<string, unknown>;

/** A real WebSocket server whose side of the protocol the test speaks. */
export class HubServer {
  readonly url: string;
  readonly connections = new Inbox<ServerConnection>();
  private readonly server: WebSocketServer;

  private constructor(server: WebSocketServer) {
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hubs/test`;
    server.on('connection', (socket, request) => {
      const address = new URL(request.url ?? '', this.url);
      const token = address.searchParams.get('access_token') ?? request.headers.authorization?.replace('Bearer ', '');
      this.connections.put(new ServerConnection(socket, address.pathname, token));
    });
  }

  static async start(): Promise<HubServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new HubServer(server);
  }

  stop(): void {
    for (const client of this.server.clients) {
      client.terminate();
    }
    this.server.close();
  }
}

export class ServerConnection {
  readonly path: string;
  readonly token: string | undefined;
  readonly records = new Inbox<string>();
  readonly closed: Promise<unknown>;
  private readonly socket: WebSocket;

  constructor(socket: WebSocket, path: string, token: string | undefined) {
    this.socket = socket;
    this.path = path;
    this.token = token;
    this.closed = once(socket, 'close');
    socket.on('message', (data) => {
      for (const record of (data as Buffer).toString().split('\u001e').slice(0, -1)) {
        this.records.put(record);
      }
    });
  }

  /** The next message of this type. */
  async next(type: number): Promise<Message> {
    for (;;) {
      const message = JSON.parse(await this.records.take()) as Message;
      if (message.type === type) {
        return message;
      }
    }
  }

  /** In one frame. */
  say(...messages: Message[]): void {
    this.sayRaw(messages.map((message) => `${JSON.stringify(message)}\u001e`).join(''));
  }

  sayRaw(frame: string): void {
    this.socket.send(frame);
  }

  /** As a node that dies: without a word. */
  cut(): void {
    this.socket.terminate();
  }

  /** Answers nothing any more, not even the end. */
  hang(): void {
    this.socket.pause();
  }
}

/** What has come and what is awaited, in order. */
class Inbox<T> {
  private readonly items: T[] = [];
  private readonly takers: ((item: T) => void)[] = [];

  put(item: T): void {
    const taker = this.takers.shift();
    if (taker) {
      taker(item);
    } else {
      this.items.push(item);
    }
  }

  take(): Promise<T> {
    const [item] = this.items.splice(0, 1);
    return item === undefined ? new Promise((resolve) => this.takers.push(resolve)) : Promise.resolve(item);
  }
}
