import examples from 'libphonenumber-js/examples.mobile.json';
import { parsePhoneNumberWithError, type CountryCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { PhoneNumbers } from '../../src/callback/phone-number';
import type { PhoneRules } from '../../src/callback/phone-rules';
import { allPlans, plansOf } from './plans';

const dutch: PhoneRules = {
  region: 'NL',
  prefixes: ['+31', '+32'],
  blockedPrefixes: ['+310', '+31900', '+31112', '+320', '+3290'],
};
const anywhere: PhoneRules = { prefixes: ['+31', '+32'], blockedPrefixes: [] };

function read(typed: string, rules = dutch): string {
  const reading = new PhoneNumbers(rules, allPlans).read(typed);
  return 'number' in reading ? reading.number : reading.problem;
}

describe('what is read', () => {
  it.each([
    ['as at home', '0612345678', '+31612345678'],
    ['with spaces', ' 06 1234 5678 ', '+31612345678'],
    ['with dashes', '06-12345678', '+31612345678'],
    ['with every kind of mark', '(06) 12.34/56–78', '+31612345678'],
    ['on land', '020 123 4567', '+31201234567'],
    ['with the country code', '+31 6 12345678', '+31612345678'],
    ['with 00', '0031 6 12345678', '+31612345678'],
    ['with the 0 of home in brackets', '+31 (0)6 12345678', '+31612345678'],
    ['with the 0 of home behind the code', '+31 0612345678', '+31612345678'],
    ['with the code in brackets', '(+31) 612345678', '+31612345678'],
    ['without the 0 of home', '612345678', '+31612345678'],
    ['of the other country', '+32 470 12 34 56', '+32470123456'],
    ['in full width', '＋３１　６１２３４５６７８', '+31612345678'],
    ['in Arabic digits', '٠٦١٢٣٤٥٦٧٨', '+31612345678'],
    ['from an address book that marks its direction', '\u202a+31\u00a06\u00a012345678\u202c', '+31612345678'],
  ])('%s', (_, typed, number) => {
    expect(read(typed)).toBe(number);
  });

  it.each([
    ['+31 6 12345678', '+31612345678'],
    ['0032470123456', '+32470123456'],
  ])('without a region, with the country code: %s', (typed, number) => {
    expect(read(typed, anywhere)).toBe(number);
  });
});

describe('what is not', () => {
  it.each([
    ['empty', ' '],
    ['empty', '()'],
    ['not_a_number', 'my number'],
    ['not_a_number', '06 1234 5678 (work)'],
    ['not_a_number', '06-BLOEMEN'],
    ['not_a_number', '020 1234567 #12'],
    ['not_a_number', '+31 000000000'],
    ['too_short', '0'],
    ['too_short', '06'],
    ['too_short', '06 123'],
    ['too_short', '06 1234 567'],
    ['too_short', '+'],
    ['too_short', '+3'],
    ['too_short', '+31'],
    ['too_short', '+31 6 1234567'],
    ['too_long', '06 1234 5678 9'],
    ['too_long', '06 1234 5678 9012 3456 7890'],
    ['not_allowed', '+49 1511 2345678'],
    ['not_allowed', '+4'],
    ['not_allowed', '0044 7400 123456'],
    ['not_allowed', '+999 12345678'],
    ['blocked', '0900 1234'],
    ['blocked', '0900'],
    ['blocked', '+31 900 123456'],
    ['blocked', '+31 0900 123456'],
    ['blocked', '112'],
    ['blocked', '0900 1234 5678 9012'],
    ['blocked', '+32 902 12345'],
  ])('%s: %s', (problem, typed) => {
    expect(read(typed)).toBe(problem);
  });

  it('country_code_missing, where the site is of no region', () => {
    expect(read('0612345678', anywhere)).toBe('country_code_missing');
  });

  it('country_code_missing, where the region is none of the countries that are called', () => {
    const numbers = new PhoneNumbers({ ...anywhere, region: 'US' }, [plansOf('3')]);

    expect(numbers.read('0612345678')).toEqual({ problem: 'country_code_missing' });
    expect(numbers.read('+31612345678')).toEqual({ number: '+31612345678' });
  });

  it('not_allowed, where the region is not called itself', () => {
    expect(read('0612345678', { ...dutch, prefixes: ['+32'] })).toBe('not_allowed');
  });

  it('too_short, where a country has numbers that the server takes from nobody', () => {
    expect(read('+683 4000', { prefixes: ['+683'], blockedPrefixes: [] })).toBe('too_short');
  });
});

describe('the plans in parts', () => {
  const countries = Object.entries(examples) as [CountryCode, string][];

  it.each(countries)('know the numbers of %s as all of them together do', (region, national) => {
    const whole = parsePhoneNumberWithError(national, region);
    const rules: PhoneRules = { region, prefixes: [`+${whole.countryCallingCode}`], blockedPrefixes: [] };
    const numbers = new PhoneNumbers(rules, [plansOf(whole.countryCallingCode.charAt(0))]);
    const expected = whole.number.length > 8 ? { number: whole.number } : { problem: 'too_short' };

    expect(numbers.read(national)).toEqual(expected);
    expect(numbers.read(whole.formatNational())).toEqual(expected);
    expect(numbers.read(whole.formatInternational())).toEqual(expected);
  });
});
