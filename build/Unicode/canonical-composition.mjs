// Writes src/ChatServer/Validation/CanonicalComposition.txt, and cases to test it by, from the Unicode data inside Node:
// `node build/Unicode/canonical-composition.mjs`.
// Unicode never changes how an assigned character is normalised, so running it again with a newer Node only adds characters.
import { writeFileSync } from 'node:fs';

const text = String.fromCodePoint;
const hex = (codePoint) => codePoint.toString(16).toUpperCase();
const nfd = (value) => value.normalize('NFD');
const nfc = (value) => value.normalize('NFC');

// One mark of each canonical combining class. Node does not tell classes, but it shows how two marks are ordered.
const markOfClass = {
  1: 0x334,
  6: 0x16ff0,
  7: 0x93c,
  8: 0x3099,
  9: 0x94d,
  10: 0x5b0,
  11: 0x5b1,
  12: 0x5b2,
  13: 0x5b3,
  14: 0x5b4,
  15: 0x5b5,
  16: 0x5b6,
  17: 0x5b7,
  18: 0x5b8,
  19: 0x5b9,
  20: 0x5bb,
  21: 0x5bc,
  22: 0x5bd,
  23: 0x5bf,
  24: 0x5c1,
  25: 0x5c2,
  26: 0xfb1e,
  27: 0x64b,
  28: 0x64c,
  29: 0x64d,
  30: 0x618,
  31: 0x619,
  32: 0x61a,
  33: 0x651,
  34: 0x652,
  35: 0x670,
  36: 0x711,
  84: 0xc55,
  91: 0xc56,
  103: 0xe38,
  107: 0xe48,
  118: 0xeb8,
  122: 0xec8,
  129: 0xf71,
  130: 0xf72,
  132: 0xf74,
  202: 0x321,
  214: 0x1dce,
  216: 0x31b,
  218: 0x1dfa,
  220: 0x316,
  222: 0x59a,
  224: 0x302e,
  226: 0x1d16d,
  228: 0x5ae,
  230: 0x300,
  232: 0x315,
  233: 0x35c,
  234: 0x35d,
  240: 0x345,
};

function combiningClass(codePoint) {
  const sortsBefore = (first, second) => nfd(text(second, first)) !== text(second, first);
  const others = Object.entries(markOfClass);
  const equal = others.filter(([, mark]) => !sortsBefore(codePoint, mark) && !sortsBefore(mark, codePoint));
  // A character of class 0 is never moved and moves nothing, so it looks equal to all of them.
  return equal.length === 1 ? Number(equal[0][0]) : 0;
}

const pairs = [];
const oneWay = [];
const classes = new Map();
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  const isHangulSyllable = codePoint >= 0xac00 && codePoint <= 0xd7a3;
  if (isSurrogate || isHangulSyllable) {
    continue;
  }

  const character = text(codePoint);
  const parts = [...nfd(character)];
  if (parts.join('') === character) {
    const combining = /\p{M}/u.test(character) ? combiningClass(codePoint) : 0;
    if (combining > 0) {
      classes.set(combining, [...(classes.get(combining) ?? []), hex(codePoint)]);
    }
  } else if (nfc(character) === character) {
    const last = parts.pop();
    pairs.push(`${hex(codePoint)}=${hex(nfc(parts.join('')).codePointAt(0))}+${hex(last.codePointAt(0))}`);
  } else {
    oneWay.push(`${hex(codePoint)}>${parts.map((part) => hex(part.codePointAt(0))).join('+')}`);
  }
}

function wrap(words, prefix = '') {
  const lines = [prefix];
  for (const word of words) {
    const line = `${lines.at(-1)}${lines.at(-1) === prefix ? '' : ' '}${word}`;
    if (line.length > 140) {
      lines.push(prefix + word);
    } else {
      lines[lines.length - 1] = line;
    }
  }

  return lines;
}

const lines = [
  `# Unicode ${process.versions.unicode}: canonical decomposition and composition (UAX #15), made by build/Unicode. Hangul syllables are computed.`,
  '# c=a+b  c decomposes into a and b, and they compose to c.   c>a+b  c decomposes into these and is never composed.',
  '# @n: c c  code points of combining class n.',
  ...wrap(pairs),
  ...wrap(oneWay),
  ...[...classes].sort(([a], [b]) => a - b).flatMap(([combining, members]) => wrap(members, `@${combining}: `)),
];
writeFileSync(
  new URL('../../src/ChatServer/Validation/CanonicalComposition.txt', import.meta.url),
  lines.join('\n') + '\n',
);

// The same every time: a linear congruential generator (Numerical Recipes' constants) instead of Math.random.
let seed = 1;
const random = (below) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
const interesting = [...pairs, ...oneWay].flatMap((line) => line.split(/[=>+]/)).concat([...classes.values()].flat());
const hangul = () => [0x1100 + random(19), 0x1161 + random(21), 0x11a7 + random(28), 0xac00 + random(11172)][random(4)];
const pick = () => (random(5) === 0 ? hangul() : parseInt(interesting[random(interesting.length)], 16));
const escape = (value) =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
const cases = Array.from({ length: 300 }, () => text(...Array.from({ length: 1 + random(8) }, pick)));
writeFileSync(
  new URL('../../tests/ChatServer.Tests/Validation/CanonicalComposition.json', import.meta.url),
  `[\n${cases.map((value) => `  { "input": ${escape(value)}, "output": ${escape(nfc(value))} }`).join(',\n')}\n]\n`,
);
