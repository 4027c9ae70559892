import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhoneNumbers } from '../../src/callback/phone-number';
import { plansOf } from './plans';

const numbers = new PhoneNumbers({ region: 'NL', prefixes: ['+31', '+1'], blockedPrefixes: [] }, [
  plansOf('3'),
  plansOf('1'),
]);

/** The caret is a bar. */
function format(marked: string, isForward = false): string {
  const caret = marked.indexOf('|');
  const made = numbers.format({ text: marked.replace('|', ''), caret }, isForward);
  return `${made.text.slice(0, made.caret)}|${made.text.slice(made.caret)}`;
}

describe('formatting', { timeout: 60_000 }, () => {
  it.each([
    ['typed at the end', '0201234567|', '020 123 4567|'],
    ['with the country code', '+31612345678|', '+31 6 12345678|'],
    ['the caret where it was', '02|01234567', '02|0 123 4567'],
    ['a digit put in before a separator', '0209|123 456', '020 9|12 3456'],
    ['at the very beginning', '|0612345678', '|06 12345678'],
    ['a separator deleted backwards: the next one takes the digit', '020|123 4567', '020| 123 4567'],
    ['nothing', '|', '|'],
    ['a plus alone', '+|', '+|'],
    ['what has words in it stays', '06 12 (work|)', '06 12 (work|)'],
    ['what would lose a plus stays', '06+12|', '06+12|'],
  ])('%s', (_, typed, made) => {
    expect(format(typed)).toBe(made);
  });

  it('deletes forwards past a separator', () => {
    expect(format('020|123 4567', true)).toBe('020 |123 4567');
    expect(format('020 123 456|', true)).toBe('020 123 456|');
  });

  it('types a number digit by digit without ever losing the end', () => {
    let shown = { text: '', caret: 0 };
    for (const key of '+12133734253') {
      shown = numbers.format({ text: shown.text + key, caret: shown.text.length + 1 });
      expect(shown.text.slice(shown.caret)).toMatch(/^\)?$/);
    }

    expect(shown.text).toBe('+1 213 373 4253');
  });

  it('deletes a number backwards to nothing', () => {
    let shown = numbers.format({ text: '0201234567', caret: 10 });
    for (let presses = 0; shown.text !== ''; presses += 1) {
      expect(presses).toBeLessThan(20);
      const { text, caret } = shown;
      shown = numbers.format({ text: text.slice(0, caret - 1) + text.slice(caret), caret: caret - 1 });
    }
  });

  it('keeps every digit, those before the caret before it, and reads the same', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'+0123456789 -()'.split('')), maxLength: 20 });
    fc.assert(
      fc.property(typed, fc.nat(20), fc.boolean(), (text, at, isForward) => {
        const caret = Math.min(at, text.length);
        const made = numbers.format({ text, caret }, isForward);
        expect(digits(made.text)).toBe(digits(text));
        expect(digits(made.text.slice(0, made.caret))).toBe(digits(text.slice(0, caret)));
        expect(numbers.read(made.text)).toEqual(numbers.read(text));
        expect(numbers.format(made, isForward)).toEqual(made);
      }),
      { numRuns: 500 },
    );
  });
});

function digits(text: string): string {
  return text.replace(/[^\d+]/g, '');
}
