// @vitest-environment jsdom
import { SessionEndReasons } from '@copilot/contracts';
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { Banner, bannerText } from '../../src/banner/banner';
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
      onClose: () => done.push('close'),
      isTrusted: () => trusts,
    });
    document.body.replaceChildren(banner.element);
    banner.update(LIVE, true);
  });

  test.each([
    [LIVE, true, 'Anna sees this page'],
    [{ ...LIVE, isSeen: false }, true, 'Connecting with Anna…'],
    [{ ...LIVE, isSeen: false }, false, 'Anna sees which page you are on'],
    [{ ...LIVE, isInScope: false, isSeen: false }, true, 'Private page: Anna sees nothing of it'],
    [{ ...LIVE, isConnected: false, isSeen: false }, true, 'No connection: nothing is shown. Trying again…'],
    [{ ...LIVE, phase: 'paused', isSeen: false }, true, 'Paused: Anna sees nothing'],
    [{ ...LIVE, phase: 'ended', endReason: 'ended_by_agent' }, true, 'Anna no longer follows along.'],
    [{ ...LIVE, phase: 'ended', endReason: 'a_later_word' }, true, 'Following along has stopped.'],
  ] as const)('says what is true of %j', (state, isCaptured, text) => {
    expect(bannerText(wordsFor('en'), state, isCaptured)).toBe(text);
  });

  test('pauses, goes on and stops with one click', () => {
    click('Pause');
    banner.update({ ...LIVE, phase: 'paused' }, true);
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
    banner.update({ ...LIVE, phase: 'ended', endReason: 'idle' }, true);
    click('Close');
    expect([...banner.element.querySelectorAll('button')].filter((each) => !each.hidden)).toHaveLength(1);
    expect(done).toEqual(['close']);
  });

  test('passes the accessibility rules', async () => {
    const { violations } = await axe.run(banner.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
  });
});

test.each(['en', 'nl'])('every reason that a customer can hear has words in %s', (locale) => {
  // What ends before anybody has typed the code is no customer's.
  const unheard: string[] = [SessionEndReasons.codeExpired, SessionEndReasons.replaced, SessionEndReasons.tooManyTries];
  const reasons = [...Object.values(SessionEndReasons), LocalEndReasons.bannerHidden].filter(
    (each) => !unheard.includes(each),
  );
  expect(Object.keys(wordsFor(locale).ended).toSorted()).toEqual(reasons.toSorted());
});
