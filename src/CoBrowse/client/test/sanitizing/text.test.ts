import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/recorder/sanitizing/rules';
import { maskText } from '../../src/recorder/sanitizing/text';

describe('maskText', () => {
  it.each([
    ['', false, ''],
    ['', true, ''],
    [' \n\t ', false, ' '],
    ['\u00a0\u3000', true, ' '],
    ['Secret', false, mask],
    ['A', false, mask],
    ['Whistling kettle', true, 'Whistling kettle'],
    ['€ 49.95', true, '€ 49.95'],
    ['x'.repeat(16_385), true, mask],
    ['half \ud800 pair', true, 'half \ufffd pair'],
  ])('writes %j, shown %s, as %j', (text, isShown, written) => {
    expect(maskText(text, isShown)).toBe(written);
  });

  it.each([
    ['call +31 6 1234 5678 now', `call +${mask} now`],
    ['call (020) 123-4567', `call (${mask}`],
    ['order 1234567', 'order 1234567'],
    ['order 12345678', `order ${mask}`],
    ['٠١٢٣٤٥٦٧', mask],
    ['card 4111 1111 1111 1111.', `card ${mask}.`],
    ['card 4111 / 1111 / 1111 / 1111.', `card ${mask}.`],
    ['card 4_111_1_111_1_111_1_111', `card ${mask}`],
    ['account NL91 ABNA 0417 1643 00!', `account ${mask}!`],
    ['account nl91abna0417164300', `account ${mask}`],
    ['account XNL91ABNA0417164300', `account XNL91ABNA${mask}`],
    ['mail jan.jansen@mail.example, please', `mail ${mask}, please`],
    ['mail jan＠mail.example', `mail ${mask}`],
    ['@ home', '@ home'],
    ['@home', '@home'],
    ['a@b', mask],
    ['1 2 3 4 5 6 7 8', mask],
    ['2026-11-22', mask],
    ['12:30 - 14:45', '12:30 - 14:45'],
  ])('masks the pieces of %j', (text, written) => {
    expect(maskText(text, true)).toBe(written);
  });

  const characters = fc.constantFrom(...Array.from('0123456789٣４ .-/()+:*_|@＠abNLx•\u00a0\u200b\u2009,;"\n'));
  const texts = fc.oneof(
    fc.string(),
    fc.array(characters, { maxLength: 60 }).map((all) => all.join('')),
  );

  it('changes nothing that it wrote', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isShown) => {
        const written = maskText(text, isShown);
        expect(maskText(written, isShown)).toBe(written);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves no eight digits that are close together', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(maskText(text, true)).not.toMatch(/(?:\d[ .\-/()\u00a0\u200b\u2009]?){8}/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells nothing of what is not shown but whether there is something', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(['', ' ', mask]).toContain(maskText(text, false));
      }),
    );
  });
});
