import { describe, expect, test } from 'vitest';
import { en } from '../src/locales/en';
import { Formats } from '../src/locales/Formats';
import { agentGroups, agentState } from '../src/supervision/agentGroups';
import { chosenEnd, closingEnd, fieldValue } from '../src/supervision/closing';
import { headStartOf, headStartSeconds } from '../src/supervision/headStarts';
import { openingText, waitedSeconds, waitRangeText } from '../src/supervision/lineText';
import { siteTotals } from '../src/supervision/siteTotals';
import { agent, line, overview } from './liveFixtures';

const now = new Date(2026, 10, 22, 14, 0).getTime();
const formats = new Formats('en-GB', en);
const inMinutes = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

describe('what an agent is at', () => {
  test.each([
    ['available', {}],
    ['full', { load: 2 }],
    ['onCall', { isOnCall: true, load: 1 }],
    ['onCall', { isOnCall: true, status: 'away' }],
    ['finishing', { wrapUpUntil: inMinutes(1) }],
    ['available', { wrapUpUntil: inMinutes(-1) }],
    ['away', { status: 'away' }],
    ['gone', { isConnected: false, load: 1 }],
    ['away', { status: 'offline', load: 1 }],
  ] as const)('is %s for %j', (state, change) => {
    expect(agentState(agent('Anna', change), now)).toBe(state);
  });

  test('makes groups in one order, by name, without empty ones', () => {
    const groups = agentGroups([agent('Zoe'), agent('Ben', { status: 'away' }), agent('Anna')], now);
    expect(groups.map(({ state, agents }) => [state, agents.map((one) => one.agent.name)])).toEqual([
      ['available', ['Anna', 'Zoe']],
      ['away', ['Ben']],
    ]);
  });
});

describe('the whole site', () => {
  test('is its lines taken together, each by how much it answers', () => {
    const lines = [
      line('a', { waiting: 2, oldestArrival: inMinutes(-2), answeredInTime: 1, answeredPerHour: 30, callbacksDue: 1 }),
      line('b', { waiting: 1, oldestArrival: inMinutes(-5), answeredInTime: 0, answeredPerHour: 10, callbacksDue: 2 }),
      line('c'),
    ];
    const agents = [agent('Anna'), agent('Ben', { load: 2 })];
    expect(siteTotals(overview({ lines, agents }), now)).toEqual({
      waiting: 3,
      oldestArrival: inMinutes(-5),
      answeredInTime: 0.75,
      agentsAvailable: 1,
      callbacksDue: 3,
    });
  });

  test('says nothing of what was not counted', () => {
    expect(siteTotals(overview(), now)).toMatchObject({ oldestArrival: undefined, answeredInTime: undefined });
  });
});

describe('the words of a line', () => {
  test.each([
    ['Open', {}],
    ['Closed', { isOpen: false }],
    ['Closed, opens 15:00', { isOpen: false, opensAt: inMinutes(60) }],
    ['Closed for now', { isOpen: false, closed: {} }],
    ['Closed for now, until 14:15', { isOpen: false, closed: { until: inMinutes(15) } }],
  ])('are "%s" for %j', (text, change) => {
    expect(openingText(line('orders', change), en, formats, now)).toBe(text);
  });

  test.each([
    ['up to 5 min', 0, 300],
    ['3 to 8 min', 180, 480],
    ['50 min to 1 h 15 min', 3000, 4500],
  ])('say a wait as %s', (text, minSeconds, maxSeconds) => {
    expect(waitRangeText({ minSeconds, maxSeconds }, en, formats)).toBe(text);
  });

  test('never say that somebody waits less than nothing', () => {
    expect(waitedSeconds(inMinutes(1), now)).toBe(0);
  });

  test('give whole percents, and 100 for all alone', () => {
    expect([0.29, 0.999, 1].map((share) => formats.percent(share))).toEqual(['29%', '99%', '100%']);
  });
});

describe('the end of a closure', () => {
  test('is counted from now, or is the next midnight, or nobody knows it', () => {
    expect(closingEnd('quarter', now)?.getTime()).toBe(now + 900_000);
    expect(closingEnd('hour', now)?.getTime()).toBe(now + 3_600_000);
    expect(closingEnd('today', now)).toEqual(new Date(2026, 10, 23));
    expect(closingEnd('opened', now)).toBeUndefined();
  });

  test('that somebody chose is still to come, and not too far', () => {
    expect(chosenEnd('2026-11-22T14:30', now)).toEqual(new Date(2026, 10, 22, 14, 30));
    expect(chosenEnd(fieldValue(now + 60_000), now)?.getTime()).toBe(now + 60_000);
    for (const wrong of ['', 'tomorrow', '2026-11-22T14:00', '2026-11-21T14:30', '2027-11-22T14:30']) {
      expect(chosenEnd(wrong, now)).toBeUndefined();
    }
  });
});

describe('a head start', () => {
  test('is one of three, or whole minutes', () => {
    expect([0, 300, 1800, 420].map(headStartOf)).toEqual(['none', 'little', 'ahead', 'own']);
    expect([headStartSeconds('none', 7), headStartSeconds('little', 7), headStartSeconds('ahead', 7)]).toEqual([
      0, 300, 1800,
    ]);
    expect(headStartSeconds('own', 7)).toBe(420);
    for (const wrong of ['', -1, 31, 1.5, 'many']) {
      expect(headStartSeconds('own', wrong)).toBeUndefined();
    }
  });
});
