import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../src/recorder/sanitizing/events';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { KeptNames } from './names';
import { recordings } from './random-recordings';

const hashed = new HashedNames();
describe('any recording', () => {
  it('passes the same rules again unchanged, and tells nothing of the page', () => {
    fc.assert(
      fc.property(recordings, (events) => {
        const sanitizer = new PageSanitizer(unknownPage, hashed);
        const check = new PageSanitizer(unknownPage, new KeptNames(hashed));
        for (const event of events) {
          const safe = sanitizer.sanitize(structuredClone(event));
          if (safe) {
            expect(check.sanitize(structuredClone(safe))).toEqual(safe);
            expect(JSON.stringify(safe)).not.toMatch(/onclick|srcdoc|script|12345678|"value":"[a-z]/);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells no word of a page that shows none', () => {
    fc.assert(
      fc.property(recordings, (events) => {
        const unshown = JSON.parse(JSON.stringify(events).replaceAll('data-copilot-show', 'data-none')) as RawEvent[];
        const sanitizer = new PageSanitizer(unknownPage, hashed);
        const safe = unshown.map((event) => sanitizer.sanitize(event));
        expect(JSON.stringify(safe)).not.toMatch(/secret|shown/i);
      }),
      { numRuns: 1_000 },
    );
  });
});
