import { describe, expect, it } from 'vitest';
import { CssSheet } from '../../src/recorder/sanitizing/css/css-sheet';
import { HashedNames, type Names } from '../../src/recorder/sanitizing/names';
import file from '../../../Vectors/css.json';
import { bytesOf, KeptNames } from './names';

const hashed = new HashedNames(bytesOf(file.key));

function write(kind: string, text: string, names: Names, property = ''): string | undefined {
  const sheet = new CssSheet(text, names);
  return kind === 'sheet' ? sheet.rules() : kind === 'declarations' ? sheet.declarations() : sheet.value(property);
}

// The same vectors as tests/CoBrowse.Tests reads: both sides must write the same bytes.
describe('css vectors', () => {
  it.each(file.vectors)('$name', ({ kind, in: text, make, check }) => {
    expect(write(kind, text, hashed)).toBe(make);
    expect(write(kind, text, new KeptNames(hashed)) === text).toBe(check === 'accepted');
  });

  it.each(file.vectors)('$name, made twice', ({ kind, make }) => {
    expect(write(kind, make, new KeptNames(hashed))).toBe(make);
  });
});
