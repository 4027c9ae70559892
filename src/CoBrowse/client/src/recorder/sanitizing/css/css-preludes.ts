import type { Names } from '../names';
import { cssRules } from '../rules';
import { eachItem } from './css-items';
import { lower } from './css-tokenizer';
import type { CssTokens } from './css-tokens';
import { valueWords, writeIdent, writeTokens, type ValueWords } from './css-values';

export function preludeWords(names: Names, name: 'media' | 'supports' | 'container'): ValueWords {
  const { mediaWords, supportsWords, containerWords, containerFunctions, functions } = cssRules;
  return {
    ident: (ident) => {
      if (name === 'media') {
        return mediaWords.has(lower(ident)) ? lower(ident) : undefined;
      }

      return writeIdent(ident, names, name === 'supports' ? supportsWords : containerWords);
    },
    isFunction: (ident) => functions.has(ident) || (name === 'container' && containerFunctions.has(ident)),
    signs: '/*+-:<>=',
  };
}

export function writeLayers(
  tokens: CssTokens,
  names: Names,
  start: number,
  end: number,
  isStatement: boolean,
): string | undefined {
  const layers: string[] = [];
  for (const [from, to] of start < end ? tokens.split(start, end, ',') : []) {
    const parts: string[] = [];
    for (let index = from; index < to; index += 2) {
      if (!tokens.is(index, 'ident') || (index + 1 < to && !(tokens.isDelim(index + 1, '.') && index + 2 < to))) {
        return undefined;
      }

      parts.push(writeIdent(tokens.at(index)?.value ?? '', names));
    }

    if (parts.length === 0) {
      return undefined;
    }

    layers.push(parts.join('.'));
  }

  const written = `@${withPrelude('layer', layers.join(','))}`;
  if (isStatement) {
    return layers.length > 0 ? `${written};` : undefined;
  }

  return layers.length <= 1 ? written : undefined;
}

export function writeKeyframeSelector(
  tokens: CssTokens,
  words: ValueWords,
  start: number,
  end: number,
): string | undefined {
  const written: string[] = [];
  for (const [from, to] of tokens.split(start, end, ',')) {
    const token = tokens.at(from);
    const named = token?.type === 'ident' ? { from: '0%', to: '100%' }[lower(token.value)] : undefined;
    const part = named ?? (token?.type === 'percentage' ? writeTokens(tokens, from, to, words) : undefined);
    if (to !== from + 1 || part === undefined) {
      return undefined;
    }

    written.push(part);
  }

  return written.join(',');
}

export function writePropertyRule(
  tokens: CssTokens,
  names: Names,
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): string | undefined {
  const name = tokens.at(from)?.value ?? '';
  const found = new Map<string, string>();
  eachItem(tokens, start, end, (first, last) => {
    const colon = tokens.skipSpace(first + 1, last);
    const value = tokens.skipSpace(colon + 1, last);
    const descriptor = lower(tokens.at(first)?.value ?? '');
    const text = tokens.at(value)?.value ?? '';
    if (!tokens.is(colon, ':')) {
      return;
    }

    if (descriptor === 'syntax' && tokens.is(value, 'string') && cssRules.propertySyntaxes.has(text)) {
      found.set(descriptor, `"${text}"`);
    } else if (descriptor === 'inherits' && tokens.is(value, 'ident') && /^(true|false)$/i.test(text)) {
      found.set(descriptor, lower(text));
    } else if (descriptor === 'initial-value') {
      const initial = writeTokens(tokens, value, tokens.trimEnd(value, last), valueWords(names));
      if (initial) {
        found.set(descriptor, initial);
      }
    }
  });

  if (
    to !== from + 1 ||
    !tokens.is(from, 'ident') ||
    !name.startsWith('--') ||
    !found.has('syntax') ||
    !found.has('inherits')
  ) {
    return undefined;
  }

  const descriptors = ['syntax', 'inherits', 'initial-value'].filter((key) => found.has(key));
  return `@property ${names.ofProperty(name)}{${descriptors.map((key) => `${key}:${found.get(key) ?? ''};`).join('')}}`;
}

export function withPrelude(name: string, prelude: string): string {
  return prelude === '' ? name : `${name} ${prelude}`;
}
