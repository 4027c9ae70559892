import type { CallbackWords } from '../locales/callback';
import type { PhoneProblem } from './phone-number';
import type { PhoneRules } from './phone-rules';

/** More would be a list that nobody reads. */
const MOST_PREFIXES = 5;

/** What is wrong with a number, said to whoever typed it. */
export function phoneProblemWords(
  { phone }: CallbackWords,
  locale: string,
  problem: PhoneProblem,
  rules: PhoneRules,
): string {
  if (problem !== 'not_allowed') {
    return phone[problem];
  }
  return rules.prefixes.length > MOST_PREFIXES
    ? phone.otherCountry
    : phone.notAllowed(new Intl.ListFormat(locale, { type: 'disjunction' }).format(rules.prefixes));
}
