import { describe, expect, test } from 'vitest';
import { wordsFor } from '../src/locales';
import { Dates } from '../src/view/dates';
import { topicNote } from '../src/view/topics-view';
import { waitText, withWait } from '../src/view/waits';

const [en, nl] = [wordsFor('en'), wordsFor('nl')];
const minutes = (min: number, max: number) => ({ minSeconds: min * 60, maxSeconds: max * 60 });

describe('how long it will be', () => {
  test.each([
    [0, 1, 'expected wait less than 1 minute', 'verwachte wachttijd minder dan 1 minuut'],
    [0, 3, 'expected wait less than 3 minutes', 'verwachte wachttijd minder dan 3 minuten'],
    [1, 4, 'expected wait 1 to 4 minutes', 'verwachte wachttijd 1 tot 4 minuten'],
    [40, 60, 'expected wait 40 minutes to 1 hour', 'verwachte wachttijd 40 minuten tot 1 uur'],
    [60, 75, 'expected wait 1 to 1¼ hours', 'verwachte wachttijd 1 tot 1¼ uur'],
    [90, 150, 'expected wait 1½ to 2½ hours', 'verwachte wachttijd 1½ tot 2½ uur'],
    [180, 240, 'expected wait 3 to 4 hours', 'verwachte wachttijd 3 tot 4 uur'],
  ])('of %i to %i minutes', (from, to, english, dutch) => {
    expect(waitText(en, minutes(from, to))).toBe(english);
    expect(waitText(nl, minutes(from, to))).toBe(dutch);
  });

  test('is not said where it is not known', () => {
    expect(waitText(en, undefined)).toBe('');
    expect(withWait(en, 'You are in line', undefined)).toBe('You are in line');
  });

  test('is said before choosing a topic that is open', () => {
    const option = { topic: 'orders', availability: 'open', waiting: 2, estimatedWait: minutes(3, 8) } as const;
    const note = topicNote(en, new Dates('en', en), option);
    expect(note).toBe('Open now · 2 people in line · expected wait 3 to 8 minutes');
    expect(topicNote(en, new Dates('en', en), { ...option, availability: 'closed' })).toBe('Closed now');
  });

  test('stands behind the place in line', () => {
    expect(withWait(en, 'You are next in line', minutes(0, 2))).toBe(
      'You are next in line · expected wait less than 2 minutes',
    );
  });
});
