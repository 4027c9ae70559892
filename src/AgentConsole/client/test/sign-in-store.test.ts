import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServerClock } from '../src/clock/ServerClock';
import { AgentApi } from '../src/sign-in/AgentApi';
import { SignInStore } from '../src/sign-in/SignInStore';
import { profile } from './fixtures';

type Reply = { status: number; body?: unknown } | 'unreachable';

/** The agents' HTTP calls, answered by path. */
class FakeServer {
  readonly asked: string[] = [];
  readonly replies = new Map<string, Reply>();

  fetch = (url: string, init?: RequestInit): Promise<Response> => {
    const call = `${init?.method ?? 'GET'} ${url.replace('/api/agents/', '')}`;
    this.asked.push(call);
    const reply = this.replies.get(call) ?? 'unreachable';
    if (reply === 'unreachable') {
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    const body = reply.body === undefined ? null : JSON.stringify(reply.body);
    return Promise.resolve(new Response(body, { status: reply.status, headers: { date: new Date().toUTCString() } }));
  };
}

const hour = 3_600_000;
const problem = (code: string) => ({ code, title: '', status: 0 });
const inHours = (hours: number) => ({ ...profile, expiresAt: new Date(Date.now() + hours * hour).toISOString() });

let server: FakeServer;
let store: SignInStore;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  const clock = new ServerClock();
  store = new SignInStore(new AgentApi(clock, server.fetch as typeof fetch), clock);
});

afterEach(() => {
  store.dispose();
  vi.useRealTimers();
});

describe('SignInStore', () => {
  test('finds out whose cookie the browser has', async () => {
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.look();
    expect(store.state.get()).toMatchObject({ phase: 'signed_in', profile: { name: 'Ada Agent' } });
  });

  test.each<[Reply, string]>([
    [{ status: 401, body: problem('forbidden') }, 'signed_out'],
    ['unreachable', 'unreachable'],
    [{ status: 503 }, 'unreachable'],
  ])('looks at %j and is %s', async (reply, phase) => {
    server.replies.set('GET me', reply);
    await store.look();
    expect(store.state.get().phase).toBe(phase);
  });

  test.each<[Reply, string]>([
    [{ status: 401, body: problem('invalid') }, 'unauthorized'],
    [{ status: 429, body: problem('rate_limited') }, 'locked'],
    [{ status: 400, body: problem('invalid') }, 'invalid'],
    [{ status: 500 }, 'failed'],
    ['unreachable', 'unreachable'],
  ])('tells after %j that it was %s', async (reply, refusal) => {
    server.replies.set('POST sign-in', reply);
    await store.signIn('ada@demo.example', 'demo');
    expect(store.state.get()).toEqual({ phase: 'signed_out', busy: false, problem: refusal });
  });

  test('keeps no token', async () => {
    server.replies.set('POST sign-in', { status: 200, body: { token: 'secret', agentId: 'a1' } });
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.signIn('ada@demo.example', 'demo');
    expect(store.state.get().phase).toBe('signed_in');
    expect(JSON.stringify(store.state.get())).not.toContain('secret');
  });

  test('renews half-way, and again when that got no answer', async () => {
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.look();
    await vi.advanceTimersByTimeAsync(5.9 * hour);
    expect(server.asked).not.toContain('POST renew');
    await vi.advanceTimersByTimeAsync(0.2 * hour);
    expect(server.asked.filter((call) => call === 'POST renew').length).toBeGreaterThan(1);
    expect(store.state.get().phase).toBe('signed_in');

    server.replies.set('POST renew', { status: 200, body: { token: 'secret' } });
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await vi.advanceTimersByTimeAsync(60_000);
    const renewals = server.asked.filter((call) => call === 'POST renew').length;
    await vi.advanceTimersByTimeAsync(hour);
    expect(server.asked.filter((call) => call === 'POST renew')).toHaveLength(renewals);
  });

  test('says that the session ended when the server says so', async () => {
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.look();
    server.replies.set('GET me', { status: 401, body: problem('forbidden') });
    await store.check();
    expect(store.state.get()).toMatchObject({ phase: 'signed_out', ended: 'expired' });
  });

  test('does not take an unreachable server for the end of the session', async () => {
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.look();
    server.replies.set('GET me', 'unreachable');
    await store.check();
    expect(store.state.get().phase).toBe('signed_in');
  });

  test('is signed out only when the server has cleared the cookie', async () => {
    server.replies.set('GET me', { status: 200, body: inHours(12) });
    await store.look();
    expect(await store.signOut()).toBe(false);
    expect(store.state.get().phase).toBe('signed_in');
    server.replies.set('POST sign-out', { status: 204 });
    expect(await store.signOut()).toBe(true);
    expect(store.state.get()).toMatchObject({ phase: 'signed_out', ended: 'signed_out' });
  });
});
