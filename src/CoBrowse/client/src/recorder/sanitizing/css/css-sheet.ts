import type { Names } from '../names';
import { cssRules, limits } from '../rules';
import { writeFont, writeFontFamily } from './css-fonts';
import { eachItem } from './css-items';
import { preludeWords, withPrelude, writeKeyframeSelector, writeLayers, writePropertyRule } from './css-preludes';
import { CssSelectors } from './css-selectors';
import { lower } from './css-tokenizer';
import { CssTokens } from './css-tokens';
import { valueWords, writeIdent, writeTokens, type ValueWords } from './css-values';

/** Where rules stand: inside a style rule declarations stand beside them, and selectors may begin with a combinator. */
interface Place {
  readonly isNested: boolean;
  readonly depth: number;
}

/** Writes one text of CSS anew. */
export class CssSheet {
  readonly #tokens: CssTokens;
  readonly #names: Names;
  readonly #words: ValueWords;

  constructor(text: string, names: Names) {
    this.#tokens = new CssTokens(text);
    this.#names = names;
    this.#words = valueWords(names);
  }

  rules(): string {
    return this.ruleList().join('');
  }

  /** One text for each rule that counts when rules are numbered. */
  ruleList(): string[] {
    return this.#rules(0, this.#tokens.count, { isNested: false, depth: 1 }, true);
  }

  firstRule(): string | undefined {
    return this.ruleList()[0];
  }

  /** The text of an inline style. */
  declarations(): string {
    let written = '';
    eachItem(this.#tokens, 0, this.#tokens.count, (start, end) => {
      written += this.#declaration(start, end);
    });
    return written;
  }

  /** The value of one property, without `!important`; undefined when it is dropped. */
  value(property: string): string | undefined {
    const end = this.#tokens.count;
    const start = this.#tokens.skipSpace(0, end);
    return this.#value(property, start, this.#tokens.trimEnd(start, end));
  }

  #rules(start: number, end: number, place: Place, isSheet = false): string[] {
    const tokens = this.#tokens;
    const written: string[] = [];
    let index = start;
    while ((index = tokens.skipSpace(index, end)) < end) {
      if (isSheet && tokens.is(index, 'comment-mark')) {
        index++;
        continue;
      }

      const isAtRule = tokens.is(index, 'at');
      const stop = isAtRule ? tokens.find(index, end, ';', '{') : tokens.find(index, end, '{');
      if (stop >= end && !isAtRule) {
        break; // What the end cuts off before its block is no rule.
      }

      const rule = isAtRule ? this.#atRule(index, stop, end, place) : this.#styleRule(index, stop, end, place);
      if (rule !== '') {
        written.push(rule);
      }

      index = tokens.next(stop, end);
    }

    return written;
  }

  #items(start: number, end: number, place: Place): string {
    let written = '';
    eachItem(
      this.#tokens,
      start,
      end,
      (from, to) => (written += this.#declaration(from, to)),
      (from, stop) => {
        const isAtRule = this.#tokens.is(from, 'at');
        written += isAtRule ? this.#atRule(from, stop, end, place) : this.#styleRule(from, stop, end, place);
      },
    );
    return written;
  }

  #styleRule(start: number, block: number, end: number, { isNested, depth }: Place): string {
    const selectors =
      depth > limits.cssNesting ? undefined : new CssSelectors(this.#tokens, this.#names).write(start, block, isNested);
    return selectors === undefined
      ? cssRules.placeholder
      : `${selectors}{${this.#items(block + 1, this.#blockEnd(block, end), { isNested: true, depth: depth + 1 })}}`;
  }

  #declaration(start: number, end: number): string {
    const tokens = this.#tokens;
    const name = tokens.at(start)?.value ?? '';
    const colon = tokens.skipSpace(start + 1, end);
    if (!tokens.is(start, 'ident') || colon >= end || !tokens.is(colon, ':')) {
      return '';
    }

    const from = tokens.skipSpace(colon + 1, end);
    const to = tokens.trimEnd(from, end);
    const bang = this.#importantAt(from, to);
    const property = name.startsWith('--') ? name : lower(name);
    const value = this.#value(property, from, bang === undefined ? to : tokens.trimEnd(from, bang));
    return value === undefined ? '' : `${this.property(property)}:${value}${bang === undefined ? '' : '!important'};`;
  }

  property(name: string): string {
    return name.startsWith('--') ? this.#names.ofProperty(name) : name;
  }

  #importantAt(start: number, end: number): number | undefined {
    const tokens = this.#tokens;
    if (end <= start || !tokens.is(end - 1, 'ident', 'important')) {
      return undefined;
    }

    const bang = tokens.trimEnd(start, end - 1) - 1;
    return bang >= start && tokens.isDelim(bang, '!') ? bang : undefined;
  }

  #value(property: string, start: number, end: number): string | undefined {
    if (property.startsWith('--')) {
      return writeTokens(this.#tokens, start, end, this.#words);
    }

    if (!cssRules.properties.has(property) || start >= end) {
      return undefined;
    }

    const write = property === 'font-family' ? writeFontFamily : property === 'font' ? writeFont : writeTokens;
    return write(this.#tokens, start, end, this.#words);
  }

  #atRule(start: number, stop: number, end: number, place: Place): string {
    const tokens = this.#tokens;
    const name = lower(tokens.at(start)?.value ?? '');
    if (name === 'charset') {
      return '';
    }

    const from = tokens.skipSpace(start + 1, stop);
    const to = tokens.trimEnd(from, stop);
    const hasBlock = stop < end && tokens.is(stop, '{');
    const written =
      place.depth > limits.cssNesting
        ? undefined
        : hasBlock
          ? this.#blockRule(name, from, to, stop, end, place)
          : name === 'layer'
            ? writeLayers(this.#tokens, this.#names, from, to, true)
            : undefined;
    return written ?? cssRules.placeholder;
  }

  #blockRule(name: string, from: number, to: number, block: number, end: number, place: Place): string | undefined {
    const stop = this.#blockEnd(block, end);
    const inside = (): string => {
      const deeper = { isNested: place.isNested, depth: place.depth + 1 };
      return `{${place.isNested ? this.#items(block + 1, stop, deeper) : this.#rules(block + 1, stop, deeper).join('')}}`;
    };

    switch (name) {
      case 'media':
      case 'supports':
      case 'container': {
        const prelude = writeTokens(this.#tokens, from, to, preludeWords(this.#names, name));
        return prelude === undefined || (prelude === '' && name !== 'media')
          ? undefined
          : `@${withPrelude(name, prelude)}${inside()}`;
      }
      case 'layer': {
        const layer = writeLayers(this.#tokens, this.#names, from, to, false);
        return layer === undefined ? undefined : layer + inside();
      }
      case 'starting-style':
        return from < to ? undefined : `@${name}${inside()}`;
      case 'keyframes':
      case '-webkit-keyframes':
        return this.#keyframes(from, to, block + 1, stop);
      case 'property':
        return writePropertyRule(this.#tokens, this.#names, [from, to], [block + 1, stop]);
      default:
        return undefined;
    }
  }

  #keyframes(from: number, to: number, start: number, end: number): string | undefined {
    const tokens = this.#tokens;
    if (to !== from + 1 || !(tokens.is(from, 'ident') || tokens.is(from, 'string'))) {
      return undefined;
    }

    let written = `@keyframes ${writeIdent(tokens.at(from)?.value ?? '', this.#names)}{`;
    for (let index = start; (index = tokens.skipSpace(index, end)) < end;) {
      const block = tokens.find(index, end, '{');
      const selector = block < end ? writeKeyframeSelector(this.#tokens, this.#words, index, block) : undefined;
      if (selector !== undefined) {
        let declarations = '';
        eachItem(this.#tokens, block + 1, this.#blockEnd(block, end), (first, last) => {
          declarations += this.#declaration(first, last);
        });
        written += `${selector}{${declarations}}`;
      }

      index = tokens.next(block, end);
    }

    return `${written}}`;
  }

  #blockEnd(block: number, end: number): number {
    return Math.min(this.#tokens.at(block)?.match ?? end, end);
  }
}
