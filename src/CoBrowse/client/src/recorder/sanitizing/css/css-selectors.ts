import type { Names } from '../names';
import { attributeRules, cssRules, elementRules, limits, nameRules, wordRules } from '../rules';
import { lower } from './css-tokenizer';
import type { CssTokens } from './css-tokens';
import { writeNumber } from './css-values';

/** The words of an attribute on any element. */
const ATTRIBUTE_WORDS = collectWords();
const ATTRIBUTES = collectAttributes();

/** Writes selectors anew from their tokens, without whatever tells of the page what the page's elements do not. */
export class CssSelectors {
  readonly #tokens: CssTokens;
  readonly #names: Names;

  constructor(tokens: CssTokens, names: Names) {
    this.#tokens = tokens;
    this.#names = names;
  }

  /** Those of the list that may stay; undefined when none may. */
  write(start: number, end: number, isRelative: boolean): string | undefined {
    const kept: string[] = [];
    for (const [from, to] of this.#tokens.split(start, end, ',')) {
      const selector = this.#selector(from, to, isRelative, 1);
      if (selector !== undefined) {
        kept.push(selector);
      }
    }

    return kept.length > 0 ? kept.join(',') : undefined;
  }

  /** All of the list or nothing. */
  #all(start: number, end: number, isRelative: boolean, depth: number): string | undefined {
    const written: string[] = [];
    for (const [from, to] of this.#tokens.split(start, end, ',')) {
      const selector = depth > limits.cssNesting ? undefined : this.#selector(from, to, isRelative, depth);
      if (selector === undefined) {
        return undefined;
      }

      written.push(selector);
    }

    return written.join(',');
  }

  #selector(start: number, end: number, isRelative: boolean, depth: number): string | undefined {
    let written = '';
    let index = start;
    let needsCompound = true;
    if (isRelative && this.#combinator(index)) {
      written = this.#combinator(index);
      index = this.#tokens.skipSpace(index + 1, end);
    }

    while (index < end) {
      const stop = this.#compoundEnd(index, end);
      const compound = this.#compound(index, stop, depth);
      if (compound === undefined) {
        return undefined;
      }

      written += compound;
      needsCompound = false;
      index = this.#tokens.skipSpace(stop, end);
      if (index < end) {
        const combinator = this.#combinator(index);
        written += combinator || ' ';
        index = combinator ? this.#tokens.skipSpace(index + 1, end) : index;
        needsCompound = true;
      }
    }

    return needsCompound ? undefined : written;
  }

  #combinator(index: number): string {
    const token = this.#tokens.at(index);
    return token?.type === 'delim' && '>+~'.includes(token.value) ? token.value : '';
  }

  #compoundEnd(index: number, end: number): number {
    while (index < end && !this.#tokens.is(index, 'space') && !this.#combinator(index)) {
      index = this.#tokens.next(index, end);
    }

    return index;
  }

  #compound(start: number, end: number, depth: number): string | undefined {
    let written = '';
    let index = start;
    while (index < end) {
      const isFirst = index === start;
      const token = this.#tokens.at(index);
      let part: string | undefined;
      if (token?.type === 'ident' || this.#tokens.isDelim(index, '*') || this.#tokens.isDelim(index, '&')) {
        part = isFirst ? (token?.type === 'ident' ? this.#type(token.value) : token?.value) : undefined;
        index++;
      } else if (token?.type === 'hash') {
        part = `#${this.#names.of(token.value)}`;
        index++;
      } else if (this.#tokens.isDelim(index, '.') && this.#tokens.is(index + 1, 'ident')) {
        part = `.${this.#names.of(this.#tokens.at(index + 1)?.value ?? '')}`;
        index += 2;
      } else if (token?.type === '[') {
        part = this.#attribute(index + 1, Math.min(token.match, end));
        index = this.#tokens.next(index, end);
      } else if (token?.type === ':') {
        const isElement = this.#tokens.is(index + 1, ':');
        index += isElement ? 2 : 1;
        part = isElement ? this.#pseudoElement(index, end, depth) : this.#pseudoClass(index, end, depth);
        index = this.#tokens.next(index, end);
      }

      if (part === undefined) {
        return undefined;
      }

      written += part;
    }

    return written === '' ? undefined : written;
  }

  #type(name: string): string | undefined {
    if (elementRules.svg.has(name)) {
      return name;
    }

    const word = lower(name);
    if (elementRules.dropped.has(word)) {
      return undefined;
    }

    if (elementRules.html.has(word)) {
      return word;
    }

    return elementRules.box.has(word) ? nameRules.custom + word : this.#names.ofElement(word);
  }

  #attribute(start: number, end: number): string | undefined {
    const tokens = this.#tokens;
    let index = tokens.skipSpace(start, end);
    const written = tokens.at(index)?.value ?? '';
    const name = ATTRIBUTES.has(written) ? written : lower(written);
    if (!tokens.is(index, 'ident') || !ATTRIBUTES.has(name)) {
      return undefined;
    }

    index = tokens.skipSpace(index + 1, end);
    if (index >= end) {
      return `[${name}]`;
    }

    const value = tokens.skipSpace(index + 1, end);
    if (!tokens.isDelim(index, '=') || value >= end || !(tokens.is(value, 'ident') || tokens.is(value, 'string'))) {
      return undefined;
    }

    const words = ATTRIBUTE_WORDS.get(name);
    const text = tokens.at(value)?.value ?? '';
    const word = words?.has(text) ? text : lower(text);
    const flag = tokens.skipSpace(value + 1, end);
    const isWhole =
      flag >= end || (/^[is]$/i.test(tokens.at(flag)?.value ?? '') && tokens.skipSpace(flag + 1, end) >= end);
    return words?.has(word) && isWhole ? `[${name}="${word}"]` : undefined;
  }

  #pseudoClass(index: number, end: number, depth: number): string | undefined {
    const token = this.#tokens.at(index);
    const name = lower(token?.value ?? '');
    if (index >= end) {
      return undefined;
    }

    if (token?.type === 'ident') {
      if (cssRules.legacyPseudoElements.has(name)) {
        return `::${name}`;
      }

      return cssRules.pseudoClasses.has(name) ? `:${name}` : undefined;
    }

    const inside =
      token?.type === 'function' ? this.#pseudoArgument(name, index + 1, Math.min(token.match, end), depth) : undefined;
    return inside === undefined ? undefined : `:${name}(${inside})`;
  }

  #pseudoArgument(name: string, start: number, end: number, depth: number): string | undefined {
    if (cssRules.nthFunctions.has(name)) {
      return writeNth(this.#tokens.text(start, end));
    }

    if (name === 'dir') {
      return /^\s*(ltr|rtl)\s*$/i.exec(this.#tokens.text(start, end))?.[1]?.toLowerCase();
    }

    if (cssRules.compoundFunctions.has(name)) {
      return this.#single(start, end, depth);
    }

    return cssRules.selectorFunctions.has(name) || name === cssRules.relativeFunction
      ? this.#all(start, end, name === cssRules.relativeFunction, depth + 1)
      : undefined;
  }

  #pseudoElement(index: number, end: number, depth: number): string | undefined {
    const token = this.#tokens.at(index);
    const name = lower(token?.value ?? '');
    if (index >= end) {
      return undefined;
    }

    if (token?.type === 'ident') {
      return cssRules.pseudoElements.has(name) ? `::${name}` : undefined;
    }

    if (token?.type !== 'function') {
      return undefined;
    }

    const stop = Math.min(token.match, end);
    const inside =
      name === 'slotted'
        ? this.#single(index + 1, stop, depth)
        : name === 'part'
          ? this.#parts(index + 1, stop)
          : undefined;
    return inside === undefined ? undefined : `::${name}(${inside})`;
  }

  /** One compound. */
  #single(start: number, end: number, depth: number): string | undefined {
    const from = this.#tokens.skipSpace(start, end);
    const to = this.#tokens.trimEnd(from, end);
    return depth < limits.cssNesting && this.#compoundEnd(from, to) === to
      ? this.#compound(from, to, depth + 1)
      : undefined;
  }

  #parts(start: number, end: number): string | undefined {
    const parts: string[] = [];
    for (let index = this.#tokens.skipSpace(start, end); index < end; index = this.#tokens.skipSpace(index + 1, end)) {
      if (!this.#tokens.is(index, 'ident')) {
        return undefined;
      }

      parts.push(this.#names.of(this.#tokens.at(index)?.value ?? ''));
    }

    return parts.length > 0 ? parts.join(' ') : undefined;
  }
}

/** Always with both numbers: `2n+1` for `odd`, `0n+3`, `-1n+0`. */
function writeNth(text: string): string | undefined {
  const written = lower(text).trim();
  const named = { odd: '2n+1', even: '2n+0' }[written];
  if (named !== undefined) {
    return named;
  }

  const [, step, offset = '+0', alone] = /^(?:([+-]?\d*)n(?:\s*([+-]\s*\d+))?|([+-]?\d+))$/.exec(written) ?? [];
  const a = writeNumber(step === undefined ? '0' : /\d/.test(step) ? step : `${step}1`);
  const b = writeNumber(alone ?? offset.replace(/\s+/g, ''));
  return (step ?? alone) === undefined || a === undefined || b === undefined
    ? undefined
    : `${a}n${b.startsWith('-') ? '' : '+'}${b}`;
}

function collectWords(): ReadonlyMap<string, ReadonlySet<string>> {
  const collected = new Map<string, Set<string>>();
  for (const [key, words] of wordRules) {
    const attribute = key.slice(key.indexOf('.') + 1);
    collected.set(attribute, new Set([...(collected.get(attribute) ?? []), ...words]));
  }

  return collected;
}

function collectAttributes(): ReadonlySet<string> {
  const { every, of, box, custom, svg } = attributeRules;
  const kinds = [every, box, custom, svg, ...of.values()];
  // A selector names what is in a namespace in another way.
  return new Set(kinds.flatMap((kind) => [...kind.keys()].filter((name) => !name.includes(':'))));
}
