import { cssRules } from '../rules';
import { lower } from './css-tokenizer';
import type { CssTokens } from './css-tokens';
import { writeTokens, type ValueWords } from './css-values';

/** Families that everybody may know, without quotes; undefined when none is left. */
export function writeFontFamily(tokens: CssTokens, start: number, end: number, words: ValueWords): string | undefined {
  if (tokens.is(start, 'function', 'var') && tokens.next(start, end) === end) {
    return writeTokens(tokens, start, end, words);
  }

  const families: string[] = [];
  for (const [from, to] of tokens.split(start, end, ',')) {
    const family = writeFamily(tokens, from, to);
    if (family !== undefined) {
      families.push(family);
    }
  }

  return families.length > 0 ? families.join(',') : undefined;
}

/** What follows the last size or the like in front of the first comma is the first family. */
export function writeFont(tokens: CssTokens, start: number, end: number, words: ValueWords): string | undefined {
  const headEnd = tokens.find(start, end, ',');
  let valueEnd = start;
  for (let index = start; index < headEnd; index = tokens.next(index, headEnd)) {
    if (isSize(tokens, index)) {
      valueEnd = tokens.next(index, headEnd);
      const slash = tokens.skipSpace(valueEnd, headEnd);
      if (tokens.isDelim(slash, '/')) {
        valueEnd = tokens.next(tokens.skipSpace(slash + 1, headEnd), headEnd);
      }
    }
  }

  valueEnd = Math.min(valueEnd, headEnd);
  const hasFamily = tokens.skipSpace(valueEnd, headEnd) < headEnd && valueEnd > start;
  if (!hasFamily) {
    return headEnd === end ? writeTokens(tokens, start, end, words) : undefined;
  }

  const value = writeTokens(tokens, start, valueEnd, words);
  return value ? `${value} ${writeFontFamily(tokens, valueEnd, end, words) ?? 'sans-serif'}` : undefined;
}

function isSize(tokens: CssTokens, index: number): boolean {
  const token = tokens.at(index);
  switch (token?.type) {
    case 'number':
    case 'percentage':
    case 'dimension':
    case 'function':
      return true;
    default:
      return token?.type === 'ident' && cssRules.fontSizes.has(lower(token.value));
  }
}

function writeFamily(tokens: CssTokens, start: number, end: number): string | undefined {
  const parts: string[] = [];
  for (let index = start; index < end; index = tokens.skipSpace(index + 1, end)) {
    const token = tokens.at(index);
    if (token?.type !== 'ident' && !(token?.type === 'string' && end === start + 1)) {
      return undefined;
    }

    parts.push(lower(token.value));
  }

  const family = parts
    .join(' ')
    .split(/[ \t\n]+/)
    .filter(Boolean)
    .join(' ');
  return cssRules.fontFamilies.has(family) ? family : undefined;
}
