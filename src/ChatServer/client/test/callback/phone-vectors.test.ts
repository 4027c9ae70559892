/// <reference types="node" />
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../Vectors/phone.json';
import { PhoneNumbers } from '../../src/callback/phone-number';
import { judgeNumber, type PhoneRules } from '../../src/callback/phone-rules';
import { allPlans } from './plans';

const MADE = fileURLToPath(new URL('../../../Vectors/made-phone.json', import.meta.url));
const SEED = 20_261_122;
const REGIONS: Readonly<Record<string, string>> = { 'nl-be': 'NL', neighbours: 'DE', america: 'US', italy: 'IT' };

const policies = Object.entries(vectors.policies).map(([name, { prefixes, blockedPrefixes }]) => {
  const region = REGIONS[name];
  // As the server tells them: the site's, and those that are blocked everywhere.
  const all = { prefixes, blockedPrefixes: [...vectors.alwaysBlocked, ...blockedPrefixes] };
  const rules: PhoneRules = region === undefined ? all : { ...all, region };
  return { name, rules };
});

function rulesOf(policy: string): PhoneRules {
  const found = policies.find(({ name }) => name === policy);
  if (!found) {
    throw new Error(`There is no policy ${policy}.`);
  }
  return found.rules;
}

describe('the vectors that the server is tested with', () => {
  it.each(vectors.vectors)('$name', ({ policy, number, verdict }) => {
    const rules = rulesOf(policy);
    if (verdict === 'malformed') {
      const reading = new PhoneNumbers(rules, allPlans).read(number);
      expect('number' in reading && reading.number === number).toBe(false);
    } else {
      expect(judgeNumber(number, rules) ?? 'accepted').toBe(verdict);
    }
  });
});

/** Writing that is often nearly a number: beginnings that somebody decides by, with digits and marks after them. */
function writing({ prefixes, blockedPrefixes }: PhoneRules): fc.Arbitrary<string> {
  const beginnings = [...prefixes, ...prefixes, ...prefixes, ...blockedPrefixes, '0', '06', '00', '+', ''];
  const rest = fc.string({
    unit: fc.constantFrom(...'01234567890123456789 -('.split('')),
    minLength: 5,
    maxLength: 12,
  });
  return fc.tuple(fc.constantFrom(...beginnings), rest).map((parts) => parts.join(''));
}

const made = policies.flatMap(({ name, rules }) => {
  const numbers = new PhoneNumbers(rules, allPlans);
  const readings = fc.sample(writing(rules), { seed: SEED, numRuns: 400 }).map((typed) => numbers.read(typed));
  const read = readings.flatMap((reading) => ('number' in reading ? [reading.number] : []));
  return [...new Set(read)].map((number) => ({ policy: name, number }));
});

describe('what the browser’s half makes of random writing', () => {
  it('is what the server’s half is tested with', () => {
    if (process.env.COPILOT_WRITE_VECTORS) {
      writeFileSync(MADE, `[\n${made.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`);
    }
    expect(JSON.parse(readFileSync(MADE, 'utf8'))).toEqual(made);
  });

  it('is of every policy, and nothing that it would refuse', () => {
    expect(new Set(made.map(({ policy }) => policy)).size).toBe(policies.length);
    for (const { policy, number } of made) {
      expect(number).toMatch(/^\+[1-9][0-9]{7,14}$/);
      expect(judgeNumber(number, rulesOf(policy))).toBeUndefined();
    }
  });
});
