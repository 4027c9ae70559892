// @vitest-environment jsdom
import { ErrorCodes } from '@copilot/contracts';
import { describe, expect, test, vi } from 'vitest';
import { FakeHub, LIMITS, refuse, SCOPE } from './fake-hub';
import { eachInAWorld, type SessionWorld, settle, SHOP } from './session-world';

describe('a session on a page', () => {
  let world: SessionWorld;
  eachInAWorld((fresh) => {
    world = fresh;
  });

  test('captures nothing before the customer has agreed and the server has taken the page', async () => {
    world.hub.serverState = 'awaiting_consent';
    world.begin('asking', { isJoined: true });
    await settle();
    expect(world.session.state.phase).toBe('asking');
    expect(world.capture.told).toEqual([]);
    expect(world.hub.methods).toEqual([]);

    world.session.consent(true);
    expect(world.capture.told).toEqual(['prepare']);
    await settle();
    expect(world.hub.methods).toEqual(['Consent', 'PageChanged']);
    expect(world.session.state).toMatchObject({ phase: 'live', isSeen: true });
    expect(world.capture.told).toEqual(['prepare', 'start']);
  });

  test('tells path and title of a page, never its query string', async () => {
    await world.live();
    expect(world.hub.last('PageChanged')).toEqual({
      sessionId: 's1',
      pageUrl: `${SHOP}/product`,
      pageTitle: 'A page',
      viewport: { width: 800, height: 600 },
    });
    expect(world.hub.last('ResumeSession')).toMatchObject({ pageUrl: `${SHOP}/product`, pageTitle: 'A page' });
  });

  test('stops the capture before anything is told when a page is out of scope, and tells nothing of it', async () => {
    await world.live();
    expect(world.capture.told).toEqual(['prepare', 'start']);
    const before = world.hub.calls.length;
    world.goTo('/checkout/pay?card=1');
    expect(world.capture.told).toEqual(['prepare', 'start', 'pause']);
    expect(world.session.state).toMatchObject({ isInScope: false, isSeen: false });
    await settle();
    expect(world.hub.calls.slice(before).map((each) => JSON.stringify(each.request))).toEqual([
      expect.not.stringContaining('checkout'),
    ]);
    expect(world.hub.last('PageChanged')).toMatchObject({ pageUrl: 'about:blank', pageTitle: '' });

    world.goTo('/help');
    await settle();
    // What stands in the document may still be the private page.
    expect(world.capture.told).toEqual(['prepare', 'start', 'pause']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.capture.told).toEqual(['prepare', 'start', 'pause', 'start']);
  });

  test('captures nothing of a page that the server calls private', async () => {
    world.hub.answers.PageChanged = () => ({ inScope: false });
    await world.live();
    expect(world.capture.told).toEqual(['prepare']);
    expect(world.session.state).toMatchObject({ phase: 'live', isInScope: false });
  });

  test('says that the page is seen from when it goes out', async () => {
    world.capture.start = () => world.capture.told.push('start');
    await world.live();
    expect(world.capture.told).toContain('start');
    expect(world.session.state).toMatchObject({ phase: 'live', isInScope: true, isSeen: false });
  });

  test('gives the capture what the server said last', async () => {
    await world.live();
    expect(world.capture.session).toMatchObject({ sessionId: 's1', shownSelectors: ['.shown'], nextSeq: 1_048_577 });
    expect(world.kept?.shownSelectors).toEqual(['.shown']);
  });

  test('numbers the frames from 1 on the connection that redeemed the code', async () => {
    world.hub.serverState = 'awaiting_consent';
    world.begin('asking', { isJoined: true });
    world.session.consent(true);
    await settle();
    expect(world.capture.session).toMatchObject({ nextSeq: 1, shownSelectors: [] });
  });

  test('a page that is too large ends it with that reason', async () => {
    await world.live();
    world.capture.session?.onOver('page_too_large');
    await settle();
    expect(world.hub.last('End')).toEqual({ sessionId: 's1', reason: 'page_too_large' });
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'page_too_large', isSeen: false });
  });

  test('a page that cannot be recorded ends it, and the customer hears why', async () => {
    await world.live();
    world.capture.session?.onOver('capture_failed');
    await settle();
    expect(world.hub.last('End')).toEqual({ sessionId: 's1' });
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'capture_failed' });
  });

  test('what the server answers the capture counts for the session', async () => {
    await world.live();
    world.capture.session?.onRefused({ code: ErrorCodes.conflict, text: '' });
    world.hub.serverState = 'paused';
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.hub.methods.filter((each) => each === 'ResumeSession')).toHaveLength(2);
    world.capture.session?.onRefused({ code: ErrorCodes.stale, text: '' });
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'displaced' });
  });

  test('keeps the next token at every resume', async () => {
    await world.live();
    expect(world.kept?.resumeToken).toBe('t2');
    world.hub.drop();
    expect(world.session.state).toMatchObject({ isConnected: false, isSeen: false });
    expect(world.capture.told).toEqual(['prepare', 'start', 'pause']);
    world.hub.connect();
    await settle();
    expect(world.hub.last('ResumeSession')).toMatchObject({ resumeToken: 't2' });
    expect(world.kept?.resumeToken).toBe('t3');
    expect(world.session.state.isSeen).toBe(true);
  });

  test('a pause holds at once, also without a connection, and is told when there is one', async () => {
    await world.live();
    world.hub.drop();
    world.session.setPaused(true);
    expect(world.session.state.phase).toBe('paused');
    world.hub.connect();
    await settle();
    expect(world.hub.methods.filter((each) => each === 'Pause')).toHaveLength(1);
    // Where the customer is while they show nothing is not told.
    expect(world.hub.last('ResumeSession')).toMatchObject({ pageUrl: 'about:blank', pageTitle: '' });
    expect(world.session.state).toMatchObject({ phase: 'paused', isSeen: false });
  });

  describe('a choice that the server has not heard before the page went away', () => {
    const nextPage = async () => {
      world.session.release();
      world.hub = new FakeHub();
      world.capture.told.length = 0;
      world.begin('live', { left: world.kept });
      const begun = world.session.state;
      world.hub.serverState = world.kept?.phase ?? 'live';
      world.hub.connect();
      await settle();
      return begun;
    };

    test('to pause: the next page says so, and captures nothing', async () => {
      await world.live();
      world.hub.drop();
      world.session.setPaused(true);
      expect(await nextPage()).toMatchObject({ phase: 'paused' });
      expect(world.hub.last('ResumeSession')).toMatchObject({ pageUrl: 'about:blank', pageTitle: '' });
      expect(world.hub.methods).toEqual(['ResumeSession', 'Pause']);
      expect(world.session.state).toMatchObject({ phase: 'paused', isSeen: false });
      expect(world.capture.told).toEqual([]);
    });

    test('to go on: the next page does', async () => {
      await world.live();
      world.session.setPaused(true);
      await settle();
      world.hub.drop();
      world.session.setPaused(false);
      expect(await nextPage()).toMatchObject({ phase: 'live', isSeen: false });
      expect(world.hub.methods).toEqual(['ResumeSession', 'PageChanged', 'Continue']);
      expect(world.session.state).toMatchObject({ phase: 'live', isSeen: true });
    });
  });

  test('tells the page before it goes on after a pause', async () => {
    await world.live();
    world.session.setPaused(true);
    await settle();
    const told = world.hub.calls.length;
    world.goTo('/secret-wish');
    await settle();
    expect(world.hub.calls).toHaveLength(told);
    world.session.setPaused(false);
    await settle();
    expect(world.hub.methods.slice(told)).toEqual(['PageChanged', 'Continue']);
    expect(world.session.state).toMatchObject({ phase: 'live', isSeen: true });
  });

  test('leaves nothing for the next page once it has ended', async () => {
    await world.live();
    world.session.end();
    await settle();
    world.session.release();
    expect(world.kept).toBeUndefined();
  });

  test('ends at once, and forgets the session when the server knows', async () => {
    await world.live();
    world.session.end();
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'ended_by_customer', isSeen: false });
    expect(world.capture.told).toEqual(['prepare', 'start', 'pause']);
    await settle();
    expect(world.hub.last('End')).toEqual({ sessionId: 's1' });
    expect(world.hub.state).toBe('stopped');
    expect(world.kept).toBeUndefined();
    expect(world.capture.told.at(-1)).toBe('stop');
  });

  test('an end without a connection is told later, from the next page if it must be', async () => {
    await world.live();
    world.hub.drop();
    world.session.end();
    expect(world.kept?.farewell).toBe('ended_by_customer');
    world.session.release();

    const left = world.kept;
    world.hub = new FakeHub();
    world.begin('live', { left });
    expect(world.session.state.phase).toBe('ended');
    world.hub.connect();
    await settle();
    expect(world.hub.methods).toEqual(['ResumeSession', 'End']);
    expect(world.kept).toBeUndefined();
  });

  test('"I did not contact the shop" ends it with that reason', async () => {
    world.hub.serverState = 'awaiting_consent';
    world.begin('asking', { isJoined: true });
    world.session.notRequested();
    await settle();
    expect(world.hub.last('End')).toEqual({ sessionId: 's1', reason: 'not_requested' });
    expect(world.session.state.endReason).toBe('not_requested');
  });

  test('a "no" is told as a "no"', async () => {
    world.hub.serverState = 'awaiting_consent';
    world.begin('asking', { isJoined: true });
    world.session.consent(false);
    await settle();
    expect(world.hub.calls.at(-1)).toEqual({ method: 'Consent', request: { sessionId: 's1', granted: false } });
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'declined' });
  });

  test('says why the server ended it', async () => {
    await world.live();
    world.hub.emit('SessionEnded', { sessionId: 'another', reason: 'idle' });
    expect(world.session.state.phase).toBe('live');
    world.hub.emit('SessionEnded', { sessionId: 's1', reason: 'ended_by_agent' });
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'ended_by_agent', isConnected: false });
    expect(world.kept).toBeUndefined();
    expect(world.hub.state).toBe('stopped');
  });

  test('a page that lost the session to another does not take it back', async () => {
    await world.live();
    world.hub.answers.KeepAlive = refuse(ErrorCodes.stale);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'displaced' });
    expect(world.hub.methods.filter((each) => each === 'ResumeSession')).toHaveLength(1);
  });

  test('a session that is no more shows nothing but that', async () => {
    world.hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
    await world.live();
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'unknown' });
  });

  test('tries again when the server is out of its stores', async () => {
    world.hub.answers.ResumeSession = refuse(ErrorCodes.unavailable);
    await world.live();
    expect(world.session.state).toMatchObject({ phase: 'live', isConnected: false });
    world.hub.answers = {};
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.session.state).toMatchObject({ phase: 'live', isConnected: true, isSeen: true });
  });

  test('without a connection for as long as the lease, it is over', async () => {
    await world.live();
    world.hub.drop();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(world.session.state.phase).toBe('live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
  });

  test('rules that cannot be read show no page', async () => {
    world.hub.answers.ResumeSession = () => ({
      ...{ resumeToken: 't2', state: 'live', agentName: 'Anna', limits: LIMITS, inScope: true },
      scope: { ...SCOPE, excluded: ['not a path'] },
    });
    await world.live();
    expect(world.session.state).toMatchObject({ phase: 'live', isInScope: false });
    expect(world.capture.told).toEqual(['prepare']);
    expect(world.hub.last('PageChanged')).toMatchObject({ pageUrl: 'about:blank' });
  });
});
