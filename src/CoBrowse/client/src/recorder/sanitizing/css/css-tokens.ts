import { lower, preprocess, tokenize, type CssToken, type CssTokenType } from './css-tokenizer';

const CLOSERS: Partial<Record<CssTokenType, CssTokenType>> = { '(': ')', function: ')', '[': ']', '{': '}' };

/** The tokens of one text, with the ends of their blocks. */
export class CssTokens {
  readonly #tokens: readonly CssToken[];
  readonly #source: string;

  constructor(text: string) {
    this.#source = preprocess(text);
    this.#tokens = tokenize(this.#source);
    this.#findBlocks();
  }

  get count(): number {
    return this.#tokens.length;
  }

  at(index: number): CssToken | undefined {
    return this.#tokens[index];
  }

  /** As it was written. */
  text(start: number, end: number): string {
    return start < end ? this.#source.slice(this.#tokens[start]?.start, this.#tokens[end - 1]?.end) : '';
  }

  is(index: number, type: CssTokenType, value?: string): boolean {
    const token = this.#tokens[index];
    return token?.type === type && (value === undefined || lower(token.value) === value);
  }

  isDelim(index: number, character: string): boolean {
    return this.is(index, 'delim', character);
  }

  skipSpace(index: number, end: number): number {
    while (index < end && this.is(index, 'space')) {
      index++;
    }

    return index;
  }

  trimEnd(start: number, end: number): number {
    while (end > start && this.is(end - 1, 'space')) {
      end--;
    }

    return end;
  }

  /** The token behind this one, or behind the block that it opens. */
  next(index: number, end: number): number {
    const token = this.#tokens[index];
    return token && token.type in CLOSERS ? Math.min(token.match + 1, end) : index + 1;
  }

  /** The first token of one of the types that is not inside a block, or the end. */
  find(index: number, end: number, ...types: CssTokenType[]): number {
    while (index < end && !types.some((type) => this.is(index, type))) {
      index = this.next(index, end);
    }

    return index;
  }

  /** The ends of what a type of token parts, outside of blocks. */
  *split(start: number, end: number, type: CssTokenType): Generator<[number, number]> {
    for (let index = start; ;) {
      const stop = this.find(index, end, type);
      yield [this.skipSpace(index, stop), this.trimEnd(this.skipSpace(index, stop), stop)];
      if (stop >= end) {
        return;
      }

      index = stop + 1;
    }
  }

  /** A closer that fits nothing is a token like others, inside whatever is open; what the end cuts off ends there. */
  #findBlocks(): void {
    const open: CssToken[] = [];
    this.#tokens.forEach((token, index) => {
      const opener = open.at(-1);
      if (opener && CLOSERS[opener.type] === token.type) {
        opener.match = index;
        open.pop();
      } else if (token.type in CLOSERS) {
        token.match = this.#tokens.length;
        open.push(token);
      }
    });
  }
}
