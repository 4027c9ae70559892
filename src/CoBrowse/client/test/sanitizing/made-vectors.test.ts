import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CssSheet } from '../../src/recorder/sanitizing/css/css-sheet';
import type { RawEvent } from '../../src/recorder/sanitizing/events';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { css } from './random-css';
import { recordings } from './random-recordings';

const FILE = fileURLToPath(new URL('../../../Vectors/made.json', import.meta.url));
const SEED = 20_261_122;
const names = new HashedNames(new Uint8Array(32));

const made = {
  recordings: fc.sample(recordings, { seed: SEED, numRuns: 150 }).map(make),
  sheets: written((sheet) => sheet.rules()),
  declarations: written((sheet) => sheet.declarations()),
};

function make(events: readonly RawEvent[]): unknown[] {
  const sanitizer = new PageSanitizer(unknownPage, names);
  return events.flatMap((event) => sanitizer.sanitize(structuredClone(event)) ?? []);
}

function written(write: (sheet: CssSheet) => string): string[] {
  const all = fc.sample(css, { seed: SEED, numRuns: 1_000 }).map((text) => write(new CssSheet(text, names)));
  return [...new Set(all)].filter((text) => text !== '');
}

describe('what the browser’s half makes of random pages', () => {
  it('is what the server’s half is tested with', () => {
    if (process.env.COPILOT_WRITE_VECTORS) {
      const lines = Object.entries(made).map(
        ([name, all]) => `"${name}": [\n${all.map((each) => JSON.stringify(each)).join(',\n')}\n]`,
      );
      writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`);
    }
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(made);
  });
});
