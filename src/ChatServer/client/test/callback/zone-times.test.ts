import { describe, expect, test } from 'vitest';
import { ZoneTimes } from '../../src/callback/zone-times';
import { callbackWordsFor } from '../../src/locales/callback';

const words = callbackWordsFor('en');
const amsterdam = new ZoneTimes('en-GB', words, 'Europe/Amsterdam');
const at = (moment: string) => new Date(moment);

describe('times by the shop’s clock', () => {
  test.each([
    ['2026-11-23T10:00:00Z', 'today at 11:00'],
    ['2026-11-23T22:59:00Z', 'today at 23:59'],
    ['2026-11-23T23:00:00Z', 'tomorrow at 00:00'],
    ['2026-11-25T09:00:00Z', 'Wednesday 25 November at 10:00'],
  ])('%s is %s', (moment, text) => {
    expect(amsterdam.moment(at(moment), at('2026-11-23T09:00:00Z'))).toBe(text);
  });

  test('a day is the next one although the clock changed in between', () => {
    expect(amsterdam.day(at('2026-03-29T10:00:00Z'), at('2026-03-28T23:30:00Z'))).toBe('Today');
    expect(amsterdam.day(at('2026-03-29T22:00:00Z'), at('2026-03-28T23:30:00Z'))).toBe('Tomorrow');
    expect(amsterdam.day(at('2026-03-31T10:00:00Z'), at('2026-03-28T23:30:00Z'))).toBe('Tuesday 31 Mar');
  });

  test('an hour that comes twice says which one it is', () => {
    const night = ['2026-10-24T23:45:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'];
    expect(amsterdam.times(night.map(at))).toEqual(['01:45', '02:00 CEST', '02:00 CET', '03:00']);
  });

  test('is named, in the reader’s language', () => {
    expect(amsterdam.note(at('2026-11-23T10:00:00Z'))).toBe('Times are in Central European Time.');
    const dutch = new ZoneTimes('nl', callbackWordsFor('nl'), 'Europe/Amsterdam');
    expect(dutch.note(at('2026-11-23T10:00:00Z'))).toBe('Tijden zijn in Midden-Europese tijd.');
  });

  test('is named beside a moment only where the customer’s own clock shows another time', () => {
    const moment = at('2026-11-23T10:00:00Z');
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(new ZoneTimes('en-GB', words, own).noteOn(moment)).toBe('');
    const far = moment.getTimezoneOffset() === -765 ? 'UTC' : 'Pacific/Chatham';
    expect(new ZoneTimes('en-GB', words, far).noteOn(moment)).toMatch(/^By the clock of the shop: /);
  });

  test('is the customer’s own where the shop has none, or one that the browser does not know', () => {
    for (const zone of [undefined, 'Europe/Nowhere']) {
      const own = new ZoneTimes('en-GB', words, zone);
      expect(own.note(at('2026-11-23T10:00:00Z'))).toMatch(/^Times are by your own clock: /);
      expect(own.noteOn(at('2026-11-23T10:00:00Z'))).toBe('');
    }
  });
});
