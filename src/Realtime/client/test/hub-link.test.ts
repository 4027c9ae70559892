// @vitest-environment jsdom
import { isHubException, parseHubError } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HubLink, HubLinkOptions, OpenLink } from '../src/index';
import { jsonLink } from '../src/json-link';
import { signalRLink } from '../src/signalr-link';
import { HubServer, type ServerConnection } from './hub-server';

const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
const CLOSE = 7;

describe.each<{ name: string; open: OpenLink }>([
  { name: 'signalRLink', open: signalRLink() },
  { name: 'jsonLink', open: jsonLink },
])('a hub link by $name', ({ name, open }) => {
  let server: HubServer;
  let link: HubLink;
  let ends: number;
  const reported = vi.fn();

  const make = (options: Partial<HubLinkOptions> = {}): HubLink => {
    link = open({ url: server.url, token: undefined, serverTimeoutMs: 10_000, keepAliveMs: 10_000, ...options });
    link.onClosed(() => {
      ends += 1;
    });
    return link;
  };
  const connect = async (options?: Partial<HubLinkOptions>): Promise<ServerConnection> => {
    const started = make(options).start();
    const connection = await greet();
    await started;
    return connection;
  };
  const greet = async (): Promise<ServerConnection> => {
    const connection = await server.connections.take();
    expect(JSON.parse(await connection.records.take())).toEqual({ protocol: 'json', version: 1 });
    connection.sayRaw('{}\u001e');
    return connection;
  };
  const ended = () =>
    vi.waitFor(
      () => {
        expect(ends).toBe(1);
      },
      { timeout: 30_000 },
    );

  beforeEach(async () => {
    vi.stubGlobal('reportError', reported);
    ends = 0;
    server = await HubServer.start();
  });

  afterEach(() => {
    link.close();
    server.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('goes straight to the WebSocket, with the token', async () => {
    const { path, token } = await connect({ token: 'a.b-c_d+e/f=' });
    expect({ path, token }).toEqual({ path: '/hubs/test', token: 'a.b-c_d+e/f=' });
  });

  test('tells no token where a cookie carries it', async () => {
    expect((await connect()).token).toBeUndefined();
  });

  test('has started only when the handshake was answered', async () => {
    let isStarted = false;
    const started = make()
      .start()
      .then(() => {
        isStarted = true;
      });
    const connection = await server.connections.take();
    await connection.records.take();
    expect(isStarted).toBe(false);
    connection.sayRaw('{}\u001e');
    await started;
    expect(isStarted).toBe(true);
  });

  test('does not start when the server refuses the protocol', async () => {
    const started = expect(make().start()).rejects.toThrow();
    const connection = await server.connections.take();
    await connection.records.take();
    connection.say({ error: 'The protocol is not supported.' });
    await started;
    expect(ends).toBe(0);
  });

  test('does not start where nobody listens, or when the connection is cut before the answer', async () => {
    const started = expect(make().start()).rejects.toThrow();
    (await server.connections.take()).cut();
    await started;
    server.stop();
    await expect(make().start()).rejects.toThrow();
    expect(ends).toBe(0);
  });

  test('does not start when it is closed meanwhile', async () => {
    const started = expect(make().start()).rejects.toThrow();
    const connection = await server.connections.take();
    link.close();
    await started;
    await connection.closed;
    expect(ends).toBe(0);
  });

  test('calls with one argument, and hands each answer to its call', async () => {
    const connection = await connect();
    const one = link.invoke('Echo', { text: 'één \u001e' });
    const other = link.invoke('Nothing', {});
    const first = await connection.next(INVOCATION);
    const second = await connection.next(INVOCATION);
    expect(first).toMatchObject({ target: 'Echo', arguments: [{ text: 'één \u001e' }] });
    expect(second).toMatchObject({ target: 'Nothing', arguments: [{}] });
    connection.say(
      { type: COMPLETION, invocationId: second.invocationId },
      { type: COMPLETION, invocationId: first.invocationId, result: { text: 'één \u001e' } },
    );
    await expect(one).resolves.toEqual({ text: 'één \u001e' });
    await expect(other).resolves.toBeUndefined();
  });

  test('rejects a call with the refusal in the words of the hub', async () => {
    const connection = await connect();
    const refused = link.invoke('Send', {}).catch((error: unknown) => error);
    const { invocationId } = await connection.next(INVOCATION);
    connection.say({
      type: COMPLETION,
      invocationId,
      error: "An unexpected error occurred invoking 'Send'. HubException: rate_limited: Slow down. retry_after_ms=20",
    });
    expect(isHubException(await refused)).toBe(true);
    expect(parseHubError(await refused)).toMatchObject({ code: 'rate_limited', retryAfterMs: 20 });
  });

  test('passes over what it does not know', async () => {
    const connection = await connect();
    const heard: unknown[] = [];
    link.on('Said', (payload) => heard.push(payload));
    connection.say(
      { type: COMPLETION, invocationId: '7000', result: 1 },
      { type: INVOCATION, target: 'Unheard', arguments: [1] },
      { type: 99 },
      { type: INVOCATION, target: 'Said', arguments: ['heard'] },
    );
    await expect.poll(() => heard).toEqual(['heard']);
    expect(ends).toBe(0);
  });

  test('hears what came in one frame with the answer to the handshake', async () => {
    const heard: unknown[] = [];
    make().on('Said', (payload) => heard.push(payload));
    const started = link.start();
    const connection = await server.connections.take();
    await connection.records.take();
    connection.sayRaw('{}\u001e{"type":6}\u001e{"type":1,"target":"Said","arguments":["first"]}\u001e');
    await started;
    await expect.poll(() => heard).toEqual(['first']);
  });

  test('hands on events in their order and before a later answer, also behind a handler that throws', async () => {
    const connection = await connect();
    const heard: unknown[] = [];
    link.on('Broken', () => {
      throw new Error('A handler broke.');
    });
    link.on('Said', (payload) => heard.push(payload));
    const call = link.invoke('Echo', {}).then((result) => heard.push(result));
    const { invocationId } = await connection.next(INVOCATION);
    connection.say(
      { type: INVOCATION, target: 'Said', arguments: [1] },
      { type: INVOCATION, target: 'Broken', arguments: [{}] },
      { type: INVOCATION, target: 'Said', arguments: [2] },
      { type: COMPLETION, invocationId, result: 3 },
    );
    await call;
    expect(heard).toEqual([1, 2, 3]);
  });

  test('does not leave a server waiting that asks for an answer', async () => {
    const connection = await connect();
    link.on('Asked', () => undefined);
    for (const target of ['Asked', 'Unheard']) {
      connection.say({ type: INVOCATION, invocationId: `s-${target}`, target, arguments: [] });
      const answer = await connection.next(COMPLETION);
      expect(answer).toMatchObject({ invocationId: `s-${target}`, error: "Client didn't provide a result." });
    }
  });

  test('lets a server that speaks hear something by itself', async () => {
    const connection = await connect({ keepAliveMs: 20 });
    await connection.next(PING);
    connection.say({ type: PING });
    await connection.next(PING);
  });

  test('knows when it last heard the server, by pings too', async () => {
    const onHeard = vi.fn();
    const connection = await connect({ onHeard });
    const before = performance.now();
    onHeard.mockClear();
    connection.say({ type: PING });
    await expect.poll(() => onHeard).toHaveBeenCalledOnce();
    expect(link.lastHeard).toBeGreaterThanOrEqual(before);
  });

  // Of the other one the browser itself reports it, as of every listener to an event.
  if (name === 'signalRLink') {
    test('does not end when the one who listens throws', async () => {
      const error = new Error('In the listener.');
      const connection = await connect({
        onHeard: () => {
          throw error;
        },
      });
      const said = new Promise((resolve) => {
        link.on('Said', resolve);
      });
      connection.say({ type: INVOCATION, target: 'Said', arguments: ['this'] });
      expect(await said).toBe('this');
      expect(ends).toBe(0);
      expect(reported).toHaveBeenCalledWith(error);
    });
  }

  test('ends when the server is silent, and not while it pings', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
    const connection = await connect({ serverTimeoutMs: 10_000 });
    for (let ping = 1; ping <= 3; ping += 1) {
      vi.advanceTimersByTime(9_000);
      const isHeard = new Promise((resolve) => {
        link.on(`Said${ping}`, resolve);
      });
      connection.say({ type: PING }, { type: INVOCATION, target: `Said${ping}`, arguments: [] });
      await isHeard;
    }
    expect(ends).toBe(0);
    vi.advanceTimersByTime(10_000);
    await connection.closed;
    await ended();
  });

  test.each([true, false])('ends when the server says so, whether or not it may come back: %s', async (mayReturn) => {
    const connection = await connect();
    connection.say({ type: CLOSE, allowReconnect: mayReturn });
    await ended();
    await connection.closed;
  });

  test('ends when the server speaks something else', async () => {
    const connection = await connect();
    connection.sayRaw('<html>\u001e');
    await ended();
  });

  test('ends once when it is cut, after rejecting what waits in words that are not the hub’s', async () => {
    const connection = await connect();
    const waiting = link.invoke('Echo', {}).catch((error: unknown) => ({ error, ends }));
    await connection.next(INVOCATION);
    connection.cut();
    const { error } = (await waiting) as { error: unknown };
    expect(isHubException(error)).toBe(false);
    await ended();
    link.close();
    expect(ends).toBe(1);
    await expect(link.invoke('Echo', {})).rejects.toThrow();
  });

  test('ends at once when it is closed, without a server that answers', async () => {
    const connection = await connect();
    connection.hang();
    const waiting = expect(link.invoke('Echo', {})).rejects.toThrow();
    link.close();
    await waiting;
    await ended();
  });
});
