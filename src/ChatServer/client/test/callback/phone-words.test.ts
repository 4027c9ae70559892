import { expect, it } from 'vitest';
import type { PhoneProblem } from '../../src/callback/phone-number';
import { phoneProblemWords } from '../../src/callback/phone-words';
import { callbackWordsFor } from '../../src/locales/callback';

const few = { prefixes: ['+31', '+32'], blockedPrefixes: [] };
const many = { prefixes: ['+31', '+32', '+33', '+44', '+49', '+352'], blockedPrefixes: [] };

it.each(['en', 'nl'])('has a sentence of its own for everything that is wrong (%s)', (locale) => {
  const problems: PhoneProblem[] = [
    'empty',
    'not_a_number',
    'country_code_missing',
    'too_short',
    'too_long',
    'not_allowed',
    'blocked',
  ];
  const sentences = problems.map((problem) => phoneProblemWords(callbackWordsFor(locale), locale, problem, few));

  expect(new Set(sentences).size).toBe(problems.length);
  expect(sentences.every((sentence) => /[.?]$/.test(sentence))).toBe(true);
});

it('names the countries while they are few', () => {
  expect(phoneProblemWords(callbackWordsFor('en'), 'en', 'not_allowed', few)).toContain('+31 or +32');
  expect(phoneProblemWords(callbackWordsFor('nl'), 'nl', 'not_allowed', few)).toContain('+31 of +32');
  expect(phoneProblemWords(callbackWordsFor('en'), 'en', 'not_allowed', many)).toBe(
    'We cannot call numbers in this country.',
  );
});
