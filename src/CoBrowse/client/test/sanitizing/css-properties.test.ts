import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CssSheet } from '../../src/recorder/sanitizing/css/css-sheet';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { KeptNames } from './names';
import { css } from './random-css';

const hashed = new HashedNames();
const kept = new KeptNames(hashed);

describe('sheets', () => {
  it('changes nothing that it wrote', () => {
    fc.assert(
      fc.property(css, (text) => {
        const rules = new CssSheet(text, hashed).rules();
        expect(new CssSheet(rules, kept).rules()).toBe(rules);
        const declarations = new CssSheet(text, hashed).declarations();
        expect(new CssSheet(declarations, kept).declarations()).toBe(declarations);
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes as many texts as there are rules', () => {
    fc.assert(
      fc.property(css, (text) => {
        for (const rule of new CssSheet(text, hashed).ruleList()) {
          expect(new CssSheet(rule, kept).ruleList()).toEqual([rule]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes no word of the page, no address, no text and nothing beyond ASCII', () => {
    fc.assert(
      fc.property(css, (text) => {
        const written = new CssSheet(text, hashed).rules() + new CssSheet(text, hashed).declarations();
        expect(written).not.toMatch(/secret|url\(|\\|@import|@font-face|[^\x20-\x7e]/i);
        expect(written.replace(/""|syntax:"[^"]*"|\[[a-z-]+="[a-z-]+"\]/g, '')).not.toMatch(/"[^"]+"/);
      }),
      { numRuns: 2_000 },
    );
  });
});
