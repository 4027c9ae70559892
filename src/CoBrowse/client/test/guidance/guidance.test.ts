// @vitest-environment jsdom
import type { GuidanceEvent } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Guidance, type Whereabouts } from '../../src/guidance/guidance';
import type { Question } from '../../src/guidance/question';
import { ScopePolicy } from '../../src/scope/scope-policy';
import { FakeHub, SCOPE } from '../session/fake-hub';

const SHOP = 'https://shop.example';

describe('what the agent shows and proposes', () => {
  let hub: FakeHub;
  let shown: string[];
  let left: string[];
  let where: Whereabouts | undefined;
  let isLive: boolean;
  let isShown: boolean;
  let scope: ScopePolicy | undefined;
  let guidance: Guidance;

  const settle = () => vi.advanceTimersByTimeAsync(0);
  const propose = (path: string, more: { proposalId?: string; atOnce?: boolean; sessionId?: string } = {}) => {
    hub.emit('NavigationProposed', {
      ...{ sessionId: 's1', proposalId: 'p1', url: SHOP + path, atOnce: false },
      ...more,
    });
  };
  const asked = (): Question => guidance.question ?? expect.fail('Nothing is asked.');
  const answers = () => hub.calls.map(({ method, request }) => [method, request['proposalId'], request['accepted']]);

  beforeEach(() => {
    vi.useFakeTimers();
    hub = new FakeHub();
    hub.connect();
    shown = [];
    left = [];
    where = 'below';
    isLive = true;
    isShown = true;
    scope = new ScopePolicy({ ...SCOPE, dangerous: ['/logout'] });
    const say = (what: string) => (place: GuidanceEvent) => {
      shown.push(`${what} ${place.x ?? ''}`);
    };
    guidance = new Guidance({
      hub,
      sessionId: 's1',
      view: {
        point: say('point'),
        highlight: say('highlight'),
        draw: say('draw'),
        whereIs: () => where,
        scrollTo: say('scroll'),
      },
      isShown: () => isShown,
      isLive: () => isLive,
      scope: () => scope,
      onChange: () => undefined,
      leave: (url) => left.push(url),
    });
  });

  afterEach(() => {
    guidance.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test('is shown while the agent sees the page, and of this session alone', () => {
    hub.emit('Pointer', { sessionId: 's1', x: 1, y: 1 });
    hub.emit('Highlighted', { sessionId: 's1', nodeId: 1, x: 2 });
    hub.emit('Drawn', { sessionId: 's1', points: [], x: 3 });
    hub.emit('Pointer', { sessionId: 'another', x: 4, y: 1 });
    isShown = false;
    hub.emit('Pointer', { sessionId: 's1', x: 5, y: 1 });
    hub.emit('ScrollProposed', { sessionId: 's1', x: 6, y: 1 });
    expect(shown).toEqual(['point 1', 'highlight 2', 'draw 3']);
    expect(guidance.question).toBeUndefined();
  });

  test('goes to a page after a yes, and not before the server has the answer', async () => {
    propose('/returns');
    expect(asked()).toMatchObject({ kind: 'page', path: '/returns' });
    expect(hub.calls).toEqual([]);
    guidance.answer(asked(), true);
    expect(left).toEqual([]);
    await settle();
    expect(answers()).toEqual([['AnswerNavigation', 'p1', true]]);
    expect(left).toEqual([`${SHOP}/returns`]);
    expect(guidance.question).toBeUndefined();
  });

  test('a yes holds when the server does not answer', async () => {
    hub.answers.AnswerNavigation = () => new Promise(() => undefined);
    propose('/returns');
    guidance.answer(asked(), true);
    await vi.advanceTimersByTimeAsync(999);
    expect(left).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(left).toEqual([`${SHOP}/returns`]);
  });

  test('stays when the session ended while the answer was on its way', async () => {
    hub.answers.AnswerNavigation = () => new Promise(() => undefined);
    propose('/returns');
    guidance.answer(asked(), true);
    guidance.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(left).toEqual([]);
  });

  test('stays after a no, and after a minute without an answer', async () => {
    propose('/returns');
    guidance.answer(asked(), false);
    propose('/help', { proposalId: 'p2' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(guidance.question).toBeUndefined();
    expect(answers()).toEqual([
      ['AnswerNavigation', 'p1', false],
      ['AnswerNavigation', 'p2', false],
    ]);
    expect(left).toEqual([]);
  });

  test.each(['/checkout', '/logout', '/help?delete=1', '/help#/logout', '/a/%2e%2e/checkout'])(
    'does not even ask for %s',
    async (path) => {
      propose(path, { atOnce: true });
      expect(guidance.question).toBeUndefined();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(answers()).toEqual([['AnswerNavigation', 'p1', false]]);
      expect(left).toEqual([]);
    },
  );

  test.each(['javascript:alert(1)', 'https://evil.example/help', 'https://shop.example@evil.example/'])(
    'does not even ask for %s',
    (url) => {
      hub.emit('NavigationProposed', { sessionId: 's1', proposalId: 'p1', url, atOnce: true });
      expect(guidance.question).toBeUndefined();
      expect(answers()).toEqual([['AnswerNavigation', 'p1', false]]);
    },
  );

  test('asks the rules again when the answer comes', async () => {
    propose('/returns');
    scope = undefined;
    guidance.answer(asked(), true);
    await settle();
    expect(answers()).toEqual([['AnswerNavigation', 'p1', false]]);
    expect(left).toEqual([]);
  });

  test('the newest proposal is the one that is asked, and an answer to an older one is none', async () => {
    propose('/returns');
    const old = asked();
    propose('/help', { proposalId: 'p2' });
    guidance.answer(old, true);
    await settle();
    expect(hub.calls).toEqual([]);
    expect(asked()).toMatchObject({ path: '/help' });
    hub.emit('ScrollProposed', { sessionId: 's1', x: 1, y: 5_000 });
    expect(asked()).toMatchObject({ kind: 'scroll', isAbove: false });
    expect(answers()).toEqual([['AnswerNavigation', 'p2', false]]);
  });

  test('scrolls after a yes only', () => {
    hub.emit('ScrollProposed', { sessionId: 's1', x: 7, y: 5_000 });
    expect(shown).toEqual([]);
    guidance.answer(asked(), false);
    expect(shown).toEqual([]);
    hub.emit('ScrollProposed', { sessionId: 's1', x: 7, y: 5_000 });
    guidance.answer(asked(), true);
    expect(shown).toEqual(['scroll 7']);
  });

  test('points at what is in sight already, and asks nothing of what is not there', () => {
    where = 'here';
    hub.emit('ScrollProposed', { sessionId: 's1', x: 7, y: 10 });
    where = undefined;
    hub.emit('ScrollProposed', { sessionId: 's1', nodeId: 1, x: 8, y: 1 });
    expect(shown).toEqual(['point 7']);
    expect(guidance.question).toBeUndefined();
  });

  test('where the site wants it, goes without a yes: but says so first, and takes a no', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    propose('/returns', { atOnce: true });
    expect(asked()).toMatchObject({ isAtOnce: true });
    guidance.answer(asked(), false);
    propose('/help', { proposalId: 'p2', atOnce: true });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(left).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(left).toEqual([`${SHOP}/help`]);
    expect(answers()).toEqual([
      ['AnswerNavigation', 'p1', false],
      ['AnswerNavigation', 'p2', true],
    ]);
  });

  test('takes nobody away who is not looking', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    propose('/returns', { atOnce: true });
    await vi.advanceTimersByTimeAsync(29_999);
    visibility.mockReturnValue('visible');
    await vi.advanceTimersByTimeAsync(9_999);
    expect(left).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(left).toEqual([`${SHOP}/returns`]);
  });

  test('takes nobody away who is at its buttons', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    propose('/returns', { atOnce: true });
    await vi.advanceTimersByTimeAsync(9_500);
    const question = asked();
    Object.assign(question, { isHeld: true });
    await vi.advanceTimersByTimeAsync(60_000);
    Object.assign(question, { isHeld: false });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(left).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(left).toEqual([`${SHOP}/returns`]);
  });

  test('a pause is a no', () => {
    propose('/returns');
    isLive = false;
    guidance.check();
    expect(guidance.question).toBeUndefined();
    propose('/help', { proposalId: 'p2' });
    expect(answers()).toEqual([
      ['AnswerNavigation', 'p1', false],
      ['AnswerNavigation', 'p2', false],
    ]);
  });

  test('a place is asked about no more when its page is not shown', () => {
    hub.emit('ScrollProposed', { sessionId: 's1', x: 1, y: 1 });
    guidance.check();
    expect(asked().kind).toBe('scroll');
    isShown = false;
    guidance.check();
    expect(guidance.question).toBeUndefined();
    expect(shown).toEqual([]);
    propose('/returns');
    guidance.check();
    expect(asked().kind).toBe('page');
  });

  test('hears nothing after the end', () => {
    guidance.stop();
    propose('/returns');
    hub.emit('Pointer', { sessionId: 's1', x: 1, y: 1 });
    expect([guidance.question, shown, hub.calls]).toEqual([undefined, [], []]);
  });
});
