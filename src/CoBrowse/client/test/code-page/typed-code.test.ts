import { expect, test } from 'vitest';
import { readTypedCode, showCode } from '../../src/code-page/typed-code';

test.each([
  'K7P-4WXYZ',
  'k7p4wxyz',
  ' K7P 4WXYZ\n',
  'k 7 p – 4 w x y z',
  'Ｋ７Ｐ－４ＷＸＹＺ',
  'K7P\u00AD4WXYZ\u200B.',
  '"K7P-4WXYZ",',
  '(K7P-4WXYZ)',
  '“K7P-4WXYZ”;',
])('%s is a code', (typed) => {
  expect(readTypedCode(typed)).toEqual({ kind: 'code', code: 'K7P4WXYZ' });
});

test.each([
  ['', { kind: 'empty' }],
  [' - ', { kind: 'empty' }],
  ['K7P-4WXY', { kind: 'length', count: 7 }],
  ['K7P-4WXYZ2', { kind: 'length', count: 10 - 1 }],
  ['K7P-4WXY0', { kind: 'letters' }],
  ['K7P-4WXYI', { kind: 'letters' }],
  ['K7P-4WXYL', { kind: 'letters' }],
  ['K7P-4WXYO', { kind: 'letters' }],
  ['K7P-4WXY1', { kind: 'letters' }],
  ['K7P+4WXYZ', { kind: 'letters' }],
])('%s is none', (typed, kind) => {
  expect(readTypedCode(typed)).toEqual(kind);
});

test('is shown as it is read out', () => {
  expect(showCode('K7P4WXYZ')).toBe('K7P-4WXYZ');
});
