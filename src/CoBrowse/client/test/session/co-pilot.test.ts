// @vitest-environment jsdom
import { ErrorCodes } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CoPilot } from '../../src/session/co-pilot';
import type { KeptSession } from '../../src/session/kept-session';
import { FakeCapture } from './fake-capture';
import { FakeHub, LIMITS, refuse, SCOPE } from './fake-hub';

const customer = { customerId: 'c1', token: 'token', expiresAt: '', verified: false };

describe('Co-Pilot on a page', () => {
  let hubs: FakeHub[];
  let tokens: ((failures: number) => Promise<string>)[];
  let kept: KeptSession | undefined;
  let held: string[];
  let isFree: boolean;
  let hold: (name: string) => Promise<(() => void) | undefined>;
  let coPilot: CoPilot;
  let current: typeof customer;
  let renew: (token: string) => Promise<string>;

  const hub = () => hubs.at(-1) ?? expect.fail('Nothing was opened.');
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const join = async () => {
    const joined = coPilot.join('K7P4WXYZ');
    joined.catch(() => undefined);
    hub().answers.RedeemCode = () => ({
      ...{ sessionId: 's1', resumeToken: 't1', agentName: 'Anna', department: 'Care', scope: SCOPE },
      ...{ shownSelectors: [], limits: LIMITS },
    });
    hub().connect();
    await settle();
    return joined;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    hubs = [];
    current = customer;
    renew = (token) => Promise.resolve(`${token}+`);
    tokens = [];
    kept = undefined;
    held = [];
    isFree = true;
    hold = (name) => {
      held.push(name);
      return Promise.resolve(isFree ? () => held.splice(held.indexOf(name), 1) : undefined);
    };
    coPilot = new CoPilot({
      site: 'demo',
      identity: {
        current: () => Promise.resolve(current),
        renew: (token) => renew(token),
      },
      store: {
        read: () => kept,
        write: (value) => (kept = value),
        clear: () => (kept = undefined),
      },
      openHub: (token) => {
        tokens.push(token);
        hubs.push(new FakeHub());
        void token(0);
        return hub();
      },
      capture: new FakeCapture(),
      hold: (name) => hold(name),
      watchPage: () => ({
        current: { url: 'https://shop.example/a', title: 'A', width: 1, height: 1 },
        stop: () => undefined,
      }),
      watchActivity: () => ({ take: () => false, stop: () => undefined }),
    });
  });

  afterEach(() => {
    coPilot.release();
    vi.useRealTimers();
  });

  test('a code leads to the question, and the session is kept for the next page', async () => {
    await join();
    expect(hub().last('RedeemCode')).toMatchObject({ code: 'K7P4WXYZ', version: '1' });
    expect(coPilot.state).toMatchObject({ phase: 'asking', agentName: 'Anna', department: 'Care', isConnected: true });
    expect(kept).toMatchObject({ sessionId: 's1', resumeToken: 't1', customerToken: 'token', phase: 'asking' });
    expect(held).toEqual(['copilot:demo:s1']);
    expect(hub().methods).not.toContain('ResumeSession');
  });

  test('tells with the code what decides whether the page is private, and no query string', async () => {
    history.replaceState(null, '', '/app?token=1#/checkout?card=2');
    await join();
    expect(hub().last('RedeemCode')).toMatchObject({ pageUrl: `${location.origin}/app#/checkout` });
    history.replaceState(null, '', '/');
  });

  test('a code that does not work leaves nothing behind', async () => {
    const joined = coPilot.join('K7P4WXYZ');
    const refused = expect(joined).rejects.toMatchObject({ code: ErrorCodes.notFound });
    hub().answers.RedeemCode = refuse(ErrorCodes.notFound);
    hub().connect();
    await refused;
    expect(hub().state).toBe('stopped');
    expect(coPilot.state).toBeUndefined();
    expect(kept).toBeUndefined();
  });

  test('a customer who waits for a server out of reach is told so', async () => {
    const refused = expect(coPilot.join('K7P4WXYZ')).rejects.toMatchObject({ code: 'disconnected' });
    await vi.advanceTimersByTimeAsync(15_000);
    await refused;
    expect(hub().state).toBe('stopped');
  });

  test('the next page goes on as the same customer', async () => {
    await join();
    coPilot.release();
    expect(held).toEqual([]);
    await coPilot.resume();
    hub().serverState = 'awaiting_consent';
    hub().connect();
    await settle();
    expect(await tokens.at(-1)?.(0)).toBe('token');
    expect(hub().last('ResumeSession')).toMatchObject({ sessionId: 's1', resumeToken: 't1' });
    expect(coPilot.state?.phase).toBe('asking');
  });

  describe('when the customer signs in to the shop, and is another one', () => {
    const signIn = () => {
      current = { ...customer, customerId: 'shop-7', token: 'signed in', verified: true };
    };

    test('while the code is checked: it is the session of who typed it', async () => {
      const joined = coPilot.join('K7P4WXYZ');
      hub().answers.RedeemCode = () => {
        signIn();
        const answer = { sessionId: 's1', resumeToken: 't1', agentName: 'Anna', scope: SCOPE, limits: LIMITS };
        return answer;
      };
      await settle();
      hub().connect();
      await joined;
      expect(kept?.customerToken).toBe('token');
      expect(await tokens.at(-1)?.(0)).toBe('token');
    });

    test('later: this page and the next go on as who typed it', async () => {
      await join();
      signIn();
      expect(await tokens.at(-1)?.(0)).toBe('token');
      coPilot.release();
      await coPilot.resume();
      expect(await tokens.at(-1)?.(0)).toBe('token');
    });

    test('a token that the server does not take any more is renewed for that customer', async () => {
      await join();
      signIn();
      coPilot.release();
      await coPilot.resume();
      expect(await tokens.at(-1)?.(1)).toBe('token+');
      expect(await tokens.at(-1)?.(0)).toBe('token+');
      renew = () => Promise.reject(new Error('down'));
      expect(await tokens.at(-1)?.(2)).toBe('token+');
    });
  });

  test('a tab with a copy of the session does nothing while another has it, and forgets it', async () => {
    await join();
    coPilot.release();
    isFree = false;
    await coPilot.resume();
    expect(hub().state).toBe('stopped');
    expect(coPilot.state).toBeUndefined();
    expect(kept).toBeUndefined();

    // The other tab is gone.
    isFree = true;
    await coPilot.resume();
    expect(hubs).toHaveLength(2);
    expect(coPilot.state).toBeUndefined();
  });

  test('a page that asks twice for what it then has does not forget it', async () => {
    await join();
    coPilot.release();
    const answers: ((letGo: (() => void) | undefined) => void)[] = [];
    hold = () => new Promise((answer) => answers.push(answer));
    const both = [coPilot.resume(), coPilot.resume()];
    answers[0]?.(() => undefined);
    await settle();
    answers[1]?.(undefined);
    await Promise.all(both);
    expect(coPilot.state).toBeDefined();
    expect(kept).toBeDefined();
  });

  test('says that nothing came of a code whose session another page holds', async () => {
    isFree = false;
    await expect(join()).rejects.toMatchObject({ code: ErrorCodes.unavailable });
    expect(hub().state).toBe('stopped');
    expect(coPilot.state).toBeUndefined();
  });

  test('what ended goes away when it was read', async () => {
    await join();
    coPilot.notRequested();
    await settle();
    expect(coPilot.state?.phase).toBe('ended');
    coPilot.dismiss();
    expect(coPilot.state).toBeUndefined();
    expect(held).toEqual([]);
  });
});
