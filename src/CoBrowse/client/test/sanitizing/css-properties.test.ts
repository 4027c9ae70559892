import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CssSheet } from '../../src/recorder/sanitizing/css/css-sheet';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { KeptNames } from './names';

/** What sheets, and attacks on who reads them, are made of. */
const PIECES = [
  ...[
    'a',
    '.secret',
    '#Secret',
    'img',
    'my-secret',
    '*',
    '&',
    '[type=text]',
    '[data-secret="x"]',
    '[xlink\\:href]',
    ':hover',
    '::before',
    ':not(',
    ':has(>',
    ':nth-child(',
  ],
  ...[
    '2n+1',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ':',
    ',',
    '>',
    '+',
    '~',
    ' ',
    '\n',
    '/*',
    '*/',
    '<!--',
    '-->',
    '"',
    "'",
    '\\',
    '\\63 ',
    '\u0000',
    'é',
  ],
  ...[
    'color',
    'red',
    'content',
    '"Secret"',
    'url(secret)',
    'url("secret")',
    'u\\72l(secret)',
    'background',
    'font-family',
    'font',
    '12px',
    'Arial',
  ],
  ...[
    '--secret',
    'var(--secret)',
    'calc(',
    '1e9',
    '-0.5px',
    '+.25em',
    '#fff',
    '#secret',
    '!important',
    'grid-area',
    'animation',
    'secret',
    '50%',
  ],
  ...[
    '@media',
    '@media print{',
    '@supports (',
    '@container secret',
    '@layer secret',
    '@keyframes secret{',
    'from{',
    '@import "secret";',
  ],
  ...[
    '@font-face{',
    '@charset "secret";',
    '@property --secret{',
    'syntax:"*"',
    'inherits:false',
    '@starting-style{',
    'color:red;',
    'a{top:0}',
  ],
];
const hashed = new HashedNames();
const kept = new KeptNames(hashed);
const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary' }),
);

describe('sheets', { timeout: 60_000 }, () => {
  it('changes nothing that it wrote', () => {
    fc.assert(
      fc.property(texts, (text) => {
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
      fc.property(texts, (text) => {
        for (const rule of new CssSheet(text, hashed).ruleList()) {
          expect(new CssSheet(rule, kept).ruleList()).toEqual([rule]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes no word of the page, no address, no text and nothing beyond ASCII', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const written = new CssSheet(text, hashed).rules() + new CssSheet(text, hashed).declarations();
        expect(written).not.toMatch(/secret|url\(|\\|@import|@font-face|[^\x20-\x7e]/i);
        expect(written.replace(/""|syntax:"[^"]*"|\[[a-z-]+="[a-z-]+"\]/g, '')).not.toMatch(/"[^"]+"/);
      }),
      { numRuns: 2_000 },
    );
  });
});
