import fc from 'fast-check';

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

const PROPERTIES = [
  'color',
  'Background',
  'margin',
  'font',
  'font-family',
  'grid-area',
  'animation',
  'content',
  '--secret',
  'clip-path',
  'behavior',
];
const VALUES = [
  ...[
    'red',
    '#ABC',
    '1px solid var(--secret)',
    '-.5em auto',
    'calc(1px + 2*(3% - 1e2px))',
    'url(secret.png)',
    '"Secret"',
    'a b / c',
  ],
  ...[
    'bold 12px/1.5 Secret, "Sans"',
    'secret 1s both',
    'polygon(0 0,50% 1px)',
    'rgb(1 2 3 / 4%)',
    'counter(secret)',
    '!important',
    '',
  ],
];
const SELECTORS = [
  ...[
    'a',
    '.secret',
    '#Secret',
    'my-secret',
    '*',
    '[type=text]',
    '[data-secret="x"]',
    '[xlink\\:href]',
    ':hover',
    '::before',
  ],
  ...[
    ':not(.secret)',
    ':has(> img)',
    ':nth-child(2n + 1 of .secret)',
    'a:not([href]):not([xlink\\:href])',
    ':is(a, b) c',
    '& > p',
  ],
];
const AROUND = [
  '',
  '@media (min-width:1px)',
  '@supports (display:grid)',
  '@container secret (width>1px)',
  '@layer secret',
  '@starting-style',
];

const declarations = fc
  .array(fc.tuple(fc.constantFrom(...PROPERTIES), fc.constantFrom(...VALUES), fc.constantFrom('', '!important')), {
    maxLength: 4,
  })
  .map((all) => all.map(([property, value, priority]) => `${property}:${value}${priority}`).join(';'));
/** As authors write them, mostly; the others are mostly dropped. */
const sheets = fc
  .array(
    fc.record({
      around: fc.constantFrom(...AROUND),
      selectors: fc.array(fc.constantFrom(...SELECTORS), { minLength: 1, maxLength: 3 }),
      between: fc.constantFrom('', ' ', ',', '>', ' ~ '),
      declarations,
    }),
    { maxLength: 3 },
  )
  .map((rules) =>
    rules
      .map(({ around, selectors, between, declarations }) => {
        const rule = `${selectors.join(between)}{${declarations}}`;
        return around === '' ? rule : `${around}{${rule}}`;
      })
      .join('\n'),
  );

export const css = fc.oneof(
  sheets,
  declarations,
  fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary' }),
);
