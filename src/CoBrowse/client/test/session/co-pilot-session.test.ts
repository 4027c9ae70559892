// @vitest-environment jsdom
import { CallError, ErrorCodes, type GuidanceEvent } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CoPilotSession } from '../../src/session/co-pilot-session';
import type { KeptSession } from '../../src/session/kept-session';
import { FakeCapture } from './fake-capture';
import { FakeHub, LIMITS, SCOPE } from './fake-hub';

const SHOP = 'https://shop.example';
const settle = () => vi.advanceTimersByTimeAsync(0);
const refuse = (code: string) => () => {
  throw new CallError({ code, text: '' });
};

describe('a session on a page', () => {
  let hub: FakeHub;
  let kept: KeptSession | undefined;
  let url: string;
  let capture: FakeCapture;
  let pageChanged: () => void;
  let isActive: boolean;
  let left: string[];
  let pointedAt: (number | undefined)[];
  let session: CoPilotSession;

  const begin = (phase: KeptSession['phase'], options: { isJoined?: boolean; left?: KeptSession | undefined } = {}) => {
    const isJoined = options.isJoined ?? false;
    if (isJoined) {
      hub.connect();
    }
    session = new CoPilotSession({
      hub,
      isJoined,
      kept: {
        ...{
          sessionId: 's1',
          resumeToken: 't1',
          customerToken: 'c',
          agentName: 'Anna',
          scope: SCOPE,
          shownSelectors: [],
          limits: LIMITS,
        },
        phase,
        ...options.left,
      },
      store: {
        write: (value) => {
          kept = value;
        },
        clear: () => {
          kept = undefined;
        },
      },
      watchPage: (onChange) => {
        pageChanged = onChange;
        return {
          get current() {
            return { url, title: 'A page', width: 800, height: 600 };
          },
          stop: () => undefined,
        };
      },
      activity: { take: () => isActive, stop: () => undefined },
      leave: (to) => left.push(to),
      guidance: {
        ...{ point: show, highlight: show, draw: show, scrollTo: show },
        whereIs: () => 'below',
      },
      capture,
      version: '1',
      onChange: () => undefined,
    });
  };
  const show = ({ x }: GuidanceEvent) => {
    pointedAt.push(x);
  };
  const goTo = (path: string) => {
    url = SHOP + path;
    pageChanged();
  };
  const live = async () => {
    begin('live');
    hub.connect();
    await settle();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    hub = new FakeHub();
    kept = undefined;
    url = `${SHOP}/product?order=42#reviews`;
    left = [];
    pointedAt = [];
    capture = new FakeCapture();
    isActive = false;
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('captures nothing before the customer has agreed and the server has taken the page', async () => {
    hub.serverState = 'awaiting_consent';
    begin('asking', { isJoined: true });
    await settle();
    expect(session.state.phase).toBe('asking');
    expect(capture.told).toEqual([]);
    expect(hub.methods).toEqual([]);

    session.consent(true);
    expect(capture.told).toEqual(['prepare']);
    await settle();
    expect(hub.methods).toEqual(['Consent', 'PageChanged']);
    expect(session.state).toMatchObject({ phase: 'live', isSeen: true });
    expect(capture.told).toEqual(['prepare', 'start']);
  });

  test('tells path and title of a page, never its query string', async () => {
    await live();
    expect(hub.last('PageChanged')).toEqual({
      sessionId: 's1',
      pageUrl: `${SHOP}/product`,
      pageTitle: 'A page',
      viewport: { width: 800, height: 600 },
    });
    expect(hub.last('ResumeSession')).toMatchObject({ pageUrl: `${SHOP}/product`, pageTitle: 'A page' });
  });

  test('stops the capture before anything is told when a page is out of scope, and tells nothing of it', async () => {
    await live();
    expect(capture.told).toEqual(['prepare', 'start']);
    const before = hub.calls.length;
    goTo('/checkout/pay?card=1');
    expect(capture.told).toEqual(['prepare', 'start', 'pause']);
    expect(session.state).toMatchObject({ isInScope: false, isSeen: false });
    await settle();
    expect(hub.calls.slice(before).map((each) => JSON.stringify(each.request))).toEqual([
      expect.not.stringContaining('checkout'),
    ]);
    expect(hub.last('PageChanged')).toMatchObject({ pageUrl: 'about:blank', pageTitle: '' });

    goTo('/help');
    await settle();
    // What stands in the document may still be the private page.
    expect(capture.told).toEqual(['prepare', 'start', 'pause']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(capture.told).toEqual(['prepare', 'start', 'pause', 'start']);
  });

  test('captures nothing of a page that the server calls private', async () => {
    hub.answers.PageChanged = () => ({ inScope: false });
    await live();
    expect(capture.told).toEqual(['prepare']);
    expect(session.state).toMatchObject({ phase: 'live', isInScope: false });
  });

  test('says that the page is seen from when it goes out', async () => {
    capture.start = () => capture.told.push('start');
    await live();
    expect(capture.told).toContain('start');
    expect(session.state).toMatchObject({ phase: 'live', isInScope: true, isSeen: false });
  });

  test('gives the capture what the server said last', async () => {
    await live();
    expect(capture.session).toMatchObject({ sessionId: 's1', shownSelectors: ['.shown'], nextSeq: 1_048_577 });
    expect(kept?.shownSelectors).toEqual(['.shown']);
  });

  test('numbers the frames from 1 on the connection that redeemed the code', async () => {
    hub.serverState = 'awaiting_consent';
    begin('asking', { isJoined: true });
    session.consent(true);
    await settle();
    expect(capture.session).toMatchObject({ nextSeq: 1, shownSelectors: [] });
  });

  test('a page that is too large ends it with that reason', async () => {
    await live();
    capture.session?.onOver('page_too_large');
    await settle();
    expect(hub.last('End')).toEqual({ sessionId: 's1', reason: 'page_too_large' });
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'page_too_large', isSeen: false });
  });

  test('a page that cannot be recorded ends it, and the customer hears why', async () => {
    await live();
    capture.session?.onOver('capture_failed');
    await settle();
    expect(hub.last('End')).toEqual({ sessionId: 's1' });
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'capture_failed' });
  });

  test('what the server answers the capture counts for the session', async () => {
    await live();
    capture.session?.onRefused({ code: ErrorCodes.conflict, text: '' });
    hub.serverState = 'paused';
    await vi.advanceTimersByTimeAsync(2_000);
    expect(hub.methods.filter((each) => each === 'ResumeSession')).toHaveLength(2);
    capture.session?.onRefused({ code: ErrorCodes.stale, text: '' });
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'displaced' });
  });

  test('keeps the next token at every resume', async () => {
    await live();
    expect(kept?.resumeToken).toBe('t2');
    hub.drop();
    expect(session.state).toMatchObject({ isConnected: false, isSeen: false });
    expect(capture.told).toEqual(['prepare', 'start', 'pause']);
    hub.connect();
    await settle();
    expect(hub.last('ResumeSession')).toMatchObject({ resumeToken: 't2' });
    expect(kept?.resumeToken).toBe('t3');
    expect(session.state.isSeen).toBe(true);
  });

  test('a pause holds at once, also without a connection, and is told when there is one', async () => {
    await live();
    hub.drop();
    session.setPaused(true);
    expect(session.state.phase).toBe('paused');
    hub.connect();
    await settle();
    expect(hub.methods.filter((each) => each === 'Pause')).toHaveLength(1);
    // Where the customer is while they show nothing is not told.
    expect(hub.last('ResumeSession')).toMatchObject({ pageUrl: 'about:blank', pageTitle: '' });
    expect(session.state).toMatchObject({ phase: 'paused', isSeen: false });
  });

  test('tells the page before it goes on after a pause', async () => {
    await live();
    session.setPaused(true);
    await settle();
    const told = hub.calls.length;
    goTo('/secret-wish');
    await settle();
    expect(hub.calls).toHaveLength(told);
    session.setPaused(false);
    await settle();
    expect(hub.methods.slice(told)).toEqual(['PageChanged', 'Continue']);
    expect(session.state).toMatchObject({ phase: 'live', isSeen: true });
  });

  test('says every 20 seconds that it is there, and whether anything happened', async () => {
    await live();
    isActive = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hub.last('KeepAlive')).toEqual({ sessionId: 's1', active: true });
    isActive = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hub.last('KeepAlive')).toEqual({ sessionId: 's1', active: false });
  });

  describe('in a tab in the background, whose timers run once a minute', () => {
    const later = async (seconds: number) => {
      vi.setSystemTime(Date.now() + seconds * 1_000);
      hub.heard();
      await settle();
    };
    const saidAlive = () => hub.methods.filter((each) => each === 'KeepAlive').length;

    test("keeps the lease by the server's pings", async () => {
      await live();
      for (let i = 0; i < 120; i++) {
        await later(5);
      }
      // Ten minutes, without one timer.
      expect(saidAlive()).toBe(24);
      expect(session.state).toMatchObject({ phase: 'live', isConnected: true });
    });

    test('says nothing more than it must while the timers run', async () => {
      await live();
      for (let i = 0; i < 12; i++) {
        await vi.advanceTimersByTimeAsync(5_000);
        hub.heard();
      }
      expect(saidAlive()).toBe(3);
    });

    test('goes on when it is shown again within the lease', async () => {
      await live();
      await later(20);
      vi.setSystemTime(Date.now() + 50_000);
      hub.drop();
      hub.connect();
      await settle();
      expect(session.state).toMatchObject({ phase: 'live', isConnected: true });
    });

    test('says that it was away for too long when it was', async () => {
      await live();
      vi.setSystemTime(Date.now() + 61_000);
      hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
      hub.drop();
      hub.connect();
      await settle();
      expect(session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
    });
  });

  test('says on the next page that the customer was away for too long', async () => {
    await live();
    session.release();
    const before = kept;
    hub = new FakeHub();
    hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
    vi.setSystemTime(Date.now() + 600_000);
    begin('live', { left: before });
    hub.connect();
    await settle();
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
  });

  test('is there for the next page when the shop has cleared the storage, as some do when somebody signs in', async () => {
    await live();
    kept = undefined;
    session.release();
    expect(kept).toMatchObject({ sessionId: 's1', resumeToken: 't2', customerToken: 'c' });
  });

  test('leaves nothing for the next page once it has ended', async () => {
    await live();
    session.end();
    await settle();
    session.release();
    expect(kept).toBeUndefined();
  });

  test('ends at once, and forgets the session when the server knows', async () => {
    await live();
    session.end();
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'ended_by_customer', isSeen: false });
    expect(capture.told).toEqual(['prepare', 'start', 'pause']);
    await settle();
    expect(hub.last('End')).toEqual({ sessionId: 's1' });
    expect(hub.state).toBe('stopped');
    expect(kept).toBeUndefined();
    expect(capture.told.at(-1)).toBe('stop');
  });

  test('an end without a connection is told later, from the next page if it must be', async () => {
    await live();
    hub.drop();
    session.end();
    expect(kept?.farewell).toBe('ended_by_customer');
    session.release();

    const left = kept;
    hub = new FakeHub();
    begin('live', { left });
    expect(session.state.phase).toBe('ended');
    hub.connect();
    await settle();
    expect(hub.methods).toEqual(['ResumeSession', 'End']);
    expect(kept).toBeUndefined();
  });

  test('"I did not contact the shop" ends it with that reason', async () => {
    hub.serverState = 'awaiting_consent';
    begin('asking', { isJoined: true });
    session.notRequested();
    await settle();
    expect(hub.last('End')).toEqual({ sessionId: 's1', reason: 'not_requested' });
    expect(session.state.endReason).toBe('not_requested');
  });

  test('a "no" is told as a "no"', async () => {
    hub.serverState = 'awaiting_consent';
    begin('asking', { isJoined: true });
    session.consent(false);
    await settle();
    expect(hub.calls.at(-1)).toEqual({ method: 'Consent', request: { sessionId: 's1', granted: false } });
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'declined' });
  });

  test('says why the server ended it', async () => {
    await live();
    hub.emit('SessionEnded', { sessionId: 'another', reason: 'idle' });
    expect(session.state.phase).toBe('live');
    hub.emit('SessionEnded', { sessionId: 's1', reason: 'ended_by_agent' });
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'ended_by_agent', isConnected: false });
    expect(kept).toBeUndefined();
    expect(hub.state).toBe('stopped');
  });

  test('a page that lost the session to another does not take it back', async () => {
    await live();
    hub.answers.KeepAlive = refuse(ErrorCodes.stale);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'displaced' });
    expect(hub.methods.filter((each) => each === 'ResumeSession')).toHaveLength(1);
  });

  test('a session that is no more shows nothing but that', async () => {
    hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
    await live();
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'unknown' });
  });

  test('tries again when the server is out of its stores', async () => {
    hub.answers.ResumeSession = refuse(ErrorCodes.unavailable);
    await live();
    expect(session.state).toMatchObject({ phase: 'live', isConnected: false });
    hub.answers = {};
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.state).toMatchObject({ phase: 'live', isConnected: true, isSeen: true });
  });

  test('without a connection for as long as the lease, it is over', async () => {
    await live();
    hub.drop();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(session.state.phase).toBe('live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
  });

  test('asks what the agent proposes, and no more once it is paused', async () => {
    await live();
    hub.emit('NavigationProposed', { sessionId: 's1', proposalId: 'p1', url: `${SHOP}/help`, atOnce: false });
    const { question } = session.state;
    expect(question).toMatchObject({ kind: 'page', path: '/help' });
    session.answer(question ?? expect.fail(), true);
    await settle();
    expect(hub.last('AnswerNavigation')).toMatchObject({ proposalId: 'p1', accepted: true });
    expect(left).toEqual([`${SHOP}/help`]);

    hub.emit('NavigationProposed', { sessionId: 's1', proposalId: 'p2', url: `${SHOP}/help`, atOnce: false });
    session.setPaused(true);
    await settle();
    expect(session.state.question).toBeUndefined();
    expect(hub.last('AnswerNavigation')).toMatchObject({ proposalId: 'p2', accepted: false });
  });

  test('shows nothing that comes late: during a pause, on a private page, before the agent sees a new one', async () => {
    const point = (x: number) => {
      for (const name of ['Pointer', 'Highlighted', 'Drawn', 'ScrollProposed'] as const) {
        hub.emit(name, { sessionId: 's1', x, y: 1, points: [1, 1] });
      }
    };
    begin('live');
    point(1);
    hub.connect();
    await settle();
    point(2);
    expect(pointedAt).toEqual([2, 2, 2]);
    expect(session.state.question?.kind).toBe('scroll');
    session.setPaused(true);
    expect(session.state.question).toBeUndefined();
    point(3);
    await settle();
    point(4);
    session.setPaused(false);
    point(5);
    await settle();
    // Not told of yet, as by browsers without the Navigation API.
    url = `${SHOP}/checkout/pay`;
    point(6);
    goTo('/checkout/pay');
    point(7);
    goTo('/help');
    point(8);
    await settle();
    point(8);
    await vi.advanceTimersByTimeAsync(2_000);
    point(9);
    hub.drop();
    point(10);
    expect(pointedAt).toEqual([2, 2, 2, 9, 9, 9]);
    expect(session.state.question).toBeUndefined();
  });

  test('on a new page the question is asked again only when it is still open', async () => {
    hub.serverState = 'awaiting_consent';
    begin('asking');
    expect(session.state.phase).toBe('opening');
    hub.connect();
    await settle();
    expect(session.state.phase).toBe('asking');
  });

  test('rules that cannot be read show no page', async () => {
    hub.answers.ResumeSession = () => ({
      ...{ resumeToken: 't2', state: 'live', agentName: 'Anna', limits: LIMITS, inScope: true },
      scope: { ...SCOPE, excluded: ['not a path'] },
    });
    await live();
    expect(session.state).toMatchObject({ phase: 'live', isInScope: false });
    expect(capture.told).toEqual(['prepare']);
    expect(hub.last('PageChanged')).toMatchObject({ pageUrl: 'about:blank' });
  });
});
