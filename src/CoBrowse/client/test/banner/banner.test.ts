// @vitest-environment jsdom
import { SessionEndReasons } from '@copilot/contracts';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Banner, bannerText } from '../../src/banner/banner';
import type { Question } from '../../src/guidance/question';
import { wordsFor } from '../../src/locales';
import { type CoPilotState, LocalEndReasons } from '../../src/session/co-pilot-state';

const LIVE: CoPilotState = {
  ...{ phase: 'live', agentName: 'Anna', department: undefined },
  ...{ isConnected: true, isInScope: true, isSeen: true, endReason: undefined },
};

describe('the banner', () => {
  let done: unknown[];
  let trusts: boolean;
  let banner: Banner;

  const click = (label: string) => {
    const found = [...banner.element.querySelectorAll('button')].find(
      (each) => each.textContent === label && !each.hidden,
    );
    (found ?? expect.fail(`There is no button ${label}.`)).click();
  };

  beforeEach(() => {
    done = [];
    trusts = true;
    banner = new Banner({
      words: wordsFor('en'),
      onPause: (isPaused) => done.push(isPaused),
      onStop: () => done.push('stop'),
      onAnswer: (question, isAccepted) => done.push([question, isAccepted]),
      onClose: () => done.push('close'),
      isTrusted: () => trusts,
    });
    document.body.replaceChildren(banner.element);
    banner.update(LIVE);
  });

  test.each([
    [LIVE, 'Anna sees this page'],
    [{ ...LIVE, isSeen: false }, 'Connecting with Anna…'],
    [{ ...LIVE, isInScope: false, isSeen: false }, 'Private page: Anna sees nothing of it'],
    [{ ...LIVE, isConnected: false, isSeen: false }, 'No connection: nothing is shown. Trying again…'],
    [{ ...LIVE, phase: 'paused', isSeen: false }, 'Paused: Anna sees nothing'],
    [{ ...LIVE, phase: 'ended', endReason: 'ended_by_agent' }, 'Anna no longer follows along.'],
    [{ ...LIVE, phase: 'ended', endReason: 'a_later_word' }, 'Following along has stopped.'],
  ] as const)('says what is true of %j', (state, text) => {
    expect(bannerText(wordsFor('en'), state)).toBe(text);
  });

  test('pauses, goes on and stops with one click', () => {
    click('Pause');
    banner.update({ ...LIVE, phase: 'paused' });
    click('Go on');
    click('Stop');
    expect(done).toEqual([true, false, 'stop']);
  });

  test("no script's click does anything", () => {
    trusts = false;
    click('Pause');
    click('Stop');
    expect(done).toEqual([]);
  });

  test('has only a way to close after the end', () => {
    banner.update({ ...LIVE, phase: 'ended', endReason: 'idle' });
    click('Close');
    expect([...banner.element.querySelectorAll('button')].filter((each) => !each.hidden)).toHaveLength(1);
    expect(done).toEqual(['close']);
  });

  describe('in the way', () => {
    const field = document.createElement('input');
    let fieldTop: number;
    let fieldHeight: number;
    const isElsewhere = () => banner.element.hasAttribute('data-elsewhere');
    const box = (top: number, height: number) =>
      ({ top, bottom: top + height, left: 0, right: 300, width: 300, height }) as DOMRect;

    beforeEach(() => {
      vi.spyOn(field, 'getBoundingClientRect').mockImplementation(() => box(fieldTop, fieldHeight));
      // At the bottom of a window that is 768 px high, or at its top.
      vi.spyOn(banner.element, 'getBoundingClientRect').mockImplementation(() => box(isElsewhere() ? 8 : 690, 60));
      fieldHeight = 40;
    });

    afterEach(() => {
      vi.restoreAllMocks();
    });

    test('moves away from what has the focus, and back', () => {
      fieldTop = 700;
      banner.avoid(field);
      expect(isElsewhere()).toBe(true);
      banner.avoid(field);
      expect(isElsewhere()).toBe(true);
      fieldTop = 300;
      banner.avoid(field);
      expect(isElsewhere()).toBe(false);
    });

    test('stays where it is over something that fills the screen', () => {
      fieldTop = 0;
      fieldHeight = 768;
      banner.avoid(field);
      expect(isElsewhere()).toBe(false);
    });

    test("goes to what is seen of the page above a phone's keyboard", () => {
      const isUp = () => banner.element.hasAttribute('data-typing');
      banner.avoidKeyboard({ height: innerHeight - 300, scale: 1, offsetTop: 40 });
      expect([isUp(), banner.element.style.marginBlockStart]).toEqual([true, '40px']);
      banner.avoidKeyboard({ height: innerHeight - 60, scale: 1, offsetTop: 0 });
      expect([isUp(), banner.element.style.marginBlockStart]).toEqual([false, '']);
      // Enlarged by hand.
      banner.avoidKeyboard({ height: innerHeight / 2, scale: 2, offsetTop: 90 });
      expect(isUp()).toBe(false);
    });

    test('stays where it is pressed: away from under the pointer, the press would do nothing', () => {
      [fieldTop, fieldHeight] = [720, 30];
      banner.avoid(field);
      vi.spyOn(banner.element, 'matches').mockImplementation((selector) => selector === ':active');
      fieldTop = 300;
      banner.avoid(field);
      expect(isElsewhere()).toBe(true);
    });
  });

  describe('asked something', () => {
    const question: Question = {
      kind: 'page',
      proposalId: 'p',
      url: 'https://shop.example/returns',
      path: '/returns',
      isAtOnce: false,
    };
    const ask = (asked: Question | undefined) => {
      banner.update({ ...LIVE, question: asked });
    };
    const text = () => banner.element.querySelector('.asked')?.textContent;

    beforeEach(() => {
      vi.useFakeTimers();
      vi.spyOn(document, 'hasFocus').mockReturnValue(true);
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    });

    afterEach(() => {
      ask(undefined);
      vi.restoreAllMocks();
      vi.useRealTimers();
    });

    test('"yes" counts a moment after the question came, "no" at once', () => {
      ask(question);
      expect(text()).toBe('Anna proposes the page /returns Answer with F6.');
      click('Go there');
      vi.advanceTimersByTime(590);
      click('Go there');
      expect(done).toEqual([]);
      click('Not now');
      vi.advanceTimersByTime(20);
      click('Go there');
      expect(done).toEqual([
        [question, false],
        [question, true],
      ]);
    });

    test('another question is armed anew', () => {
      const other = { ...question, path: '/help' };
      ask(question);
      vi.advanceTimersByTime(1_000);
      ask(other);
      click('Go there');
      expect(done).toEqual([]);
      vi.advanceTimersByTime(600);
      ask(other);
      click('Go there');
      expect(done).toEqual([[other, true]]);
    });

    test("no script's click answers it", () => {
      trusts = false;
      ask(question);
      vi.advanceTimersByTime(1_000);
      click('Go there');
      click('Not now');
      expect(done).toEqual([]);
    });

    test('is read out, takes no focus, and gives it back to the bar', () => {
      ask(question);
      expect(document.activeElement).toBe(document.body);
      vi.advanceTimersByTime(300);
      const spoken = [...banner.element.querySelectorAll('[role=status]')].map((each) => each.textContent);
      expect(spoken).toContain('Anna proposes the page /returns. Answer with F6.');
      banner.element.querySelector<HTMLElement>('.question .secondary')?.focus();
      ask(undefined);
      expect(document.activeElement).toBe(banner.element);
      expect(banner.element.querySelector('[data-asks]')).toBeNull();
    });

    test.each([
      [{ kind: 'scroll', place: { sessionId: 's' }, isAbove: false }, 'something further down', ['Show me', 'No']],
      [{ kind: 'scroll', place: { sessionId: 's' }, isAbove: true }, 'something further up', ['Show me', 'No']],
      [{ ...question, isAtOnce: true }, 'Anna takes you to the page /returns', ['Stay here']],
    ] as const)('says what is asked, in %j', (asked, words, answers) => {
      ask(asked);
      expect(text()).toContain(words);
      const shown = [...banner.element.querySelectorAll<HTMLElement>('.question button')].filter(
        (each) => !each.hidden,
      );
      expect(shown.map((each) => each.textContent)).toEqual(answers);
    });

    test.each(['en', 'nl'])('passes the accessibility rules in %s', async (locale) => {
      banner = new Banner({
        words: wordsFor(locale),
        onPause: () => undefined,
        onStop: () => undefined,
        onAnswer: () => undefined,
        onClose: () => undefined,
      });
      document.body.replaceChildren(banner.element);
      ask(question);
      vi.useRealTimers();
      const { violations } = await axe.run(banner.element, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map((each) => each.id)).toEqual([]);
    });
  });

  test('passes the accessibility rules', async () => {
    const { violations } = await axe.run(banner.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
  });
});

test.each(['en', 'nl'])('every reason that a customer can hear has words in %s', (locale) => {
  // What ends before anybody has typed the code is no customer's.
  const unheard: string[] = [SessionEndReasons.codeExpired, SessionEndReasons.replaced, SessionEndReasons.tooManyTries];
  const reasons = [
    ...Object.values(SessionEndReasons),
    LocalEndReasons.bannerHidden,
    LocalEndReasons.captureFailed,
  ].filter((each) => !unheard.includes(each));
  expect(Object.keys(wordsFor(locale).ended).toSorted()).toEqual(reasons.toSorted());
});
