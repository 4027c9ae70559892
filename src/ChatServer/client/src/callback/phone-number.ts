import {
  AsYouType,
  isSupportedCountry,
  ParseError,
  parseIncompletePhoneNumber,
  parsePhoneNumberWithError,
  type CountryCode,
  type MetadataJson,
  type PhoneNumber,
} from 'libphonenumber-js/core';
import { judgeNumber, type PhoneRules } from './phone-rules';

/** Why a number cannot be called; `phone` of the words for call-backs has a sentence for each. */
export type PhoneProblem =
  'empty' | 'not_a_number' | 'country_code_missing' | 'too_short' | 'too_long' | 'not_allowed' | 'blocked';

/** The number in E.164, which the server takes; or what is wrong. */
export type PhoneReading = { readonly number: string } | { readonly problem: PhoneProblem };

/** What a field shows, and where its caret is. */
export interface TypedNumber {
  readonly text: string;
  readonly caret: number;
}

/** The server's rule for every number. */
const E164 = /^\+[1-9][0-9]{7,14}$/;
/** Plus and 15 digits, or with a 0 of home in front. */
const MOST_CHARACTERS = 16;

/** People write a number with these between its digits, and address books hide some more in it. */
const FOREIGN_CHARACTER = /[^\p{Nd}\p{Zs}\p{Cf}\p{Pd}\t+()[\].,/'’~]/u;

/** What is written at home, made a number for everywhere; by the rules of one site. Holds nothing of what it reads. */
export class PhoneNumbers {
  readonly #rules: PhoneRules;
  readonly #metadata: MetadataJson;
  readonly #region: CountryCode | undefined;

  /** @param plans The numbering plans of the countries that the rules allow; what they lack is read as no number. */
  constructor(rules: PhoneRules, plans: readonly MetadataJson[]) {
    this.#rules = rules;
    this.#metadata = joined(plans);
    this.#region = isSupportedCountry(rules.region as CountryCode, this.#metadata)
      ? (rules.region as CountryCode)
      : undefined;
  }

  read(typed: string): PhoneReading {
    const text = typed.normalize('NFKC');
    if (FOREIGN_CHARACTER.test(text)) {
      return { problem: 'not_a_number' };
    }
    // 00 is what most of the world dials for the plus, and begins no number anywhere.
    const written = parseIncompletePhoneNumber(text).replace(/^00/, '+');
    if (written === '') {
      return { problem: 'empty' };
    }
    if (written.startsWith('+') && !this.#mayBecomeAllowed(written)) {
      return { problem: 'not_allowed' };
    }
    const number = this.#parse(written);
    if (typeof number === 'string') {
      return { problem: number };
    }
    const problem = this.#problemOf(number, written);
    return problem ? { problem } : { number: number.number };
  }

  /**
   * The same digits as people write them, while they type; nothing is changed where that would take or add one. The caret stays behind the digit that it was
   * behind, so a separator never holds up who deletes.
   * @param isForward The change deleted what was behind the caret: then it goes on to the next digit.
   */
  format({ text, caret }: TypedNumber, isForward = false): TypedNumber {
    const formatted = new AsYouType(this.#region, this.#metadata).input(text);
    if (FOREIGN_CHARACTER.test(text) || digitsOf(formatted) !== digitsOf(text)) {
      return { text, caret };
    }
    const before = digitsOf(text.slice(0, caret)).length;
    const behind = endOfDigit(formatted, before);
    return { text: formatted, caret: isForward ? Math.max(behind, endOfDigit(formatted, before + 1) - 1) : behind };
  }

  #mayBecomeAllowed(written: string): boolean {
    return this.#rules.prefixes.some((prefix) => written.startsWith(prefix) || prefix.startsWith(written));
  }

  #parse(written: string): PhoneNumber | PhoneProblem {
    try {
      return parsePhoneNumberWithError(
        written,
        this.#region ? { defaultCountry: this.#region, extract: false } : { extract: false },
        this.#metadata,
      );
    } catch (error) {
      if (!(error instanceof ParseError)) {
        throw error;
      }
      switch (error.message) {
        case 'TOO_LONG':
          return 'too_long';
        case 'INVALID_COUNTRY':
          return written.startsWith('+') ? 'too_short' : 'country_code_missing';
        default:
          // The rest are too few digits to tell anything.
          return 'too_short';
      }
    }
  }

  /**
   * By what the country's plan says of whole numbers. Its lengths alone let too much through: Dutch numbers have 5 to 11 digits, of which almost all have 9. So
   * what would be a number with more digits is called too short, and what would be one with fewer too long; unless that would not be called either.
   */
  #problemOf(number: PhoneNumber, written: string): PhoneProblem | undefined {
    if (number.isValid()) {
      return judgeNumber(number.number, this.#rules) ?? (E164.test(number.number) ? undefined : 'too_short');
    }
    for (let longer = `${written}0`; longer.length <= MOST_CHARACTERS; longer += '0') {
      const whole = this.#parse(longer);
      if (typeof whole !== 'string' && whole.isValid()) {
        return judgeNumber(whole.number, this.#rules) ?? 'too_short';
      }
    }
    for (let length = written.length - 1; length > 1; length -= 1) {
      const part = this.#parse(written.slice(0, length));
      if (typeof part !== 'string' && part.isValid()) {
        return judgeNumber(part.number, this.#rules) ?? 'too_long';
      }
    }
    return 'not_a_number';
  }
}

function joined(plans: readonly MetadataJson[]): MetadataJson {
  return {
    version: plans[0]?.version ?? 4,
    country_calling_codes: Object.assign(
      {},
      ...plans.map((plan) => plan.country_calling_codes),
    ) as MetadataJson['country_calling_codes'],
    countries: Object.assign({}, ...plans.map((plan) => plan.countries)) as MetadataJson['countries'],
    nonGeographic: {},
  };
}

function digitsOf(text: string): string {
  return text.replace(/[^\p{Nd}+]/gu, '');
}

/** The place behind the digit (or plus) that is the so-manieth of the text. */
function endOfDigit(text: string, count: number): number {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (seen === count) {
      return index;
    }
    seen += digitsOf(text[index] ?? '').length;
  }
  return text.length;
}
