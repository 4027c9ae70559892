/** The kinds of tokens of CSS Syntax Level 3; punctuation stands for itself, and `bad` is whatever is always dropped. */
export type CssTokenType =
  | 'space'
  | 'ident'
  | 'function'
  | 'at'
  | 'hash'
  | 'string'
  | 'bad'
  | 'delim'
  | 'number'
  | 'percentage'
  | 'dimension'
  | 'comment-mark'
  | ':'
  | ';'
  | ','
  | '['
  | ']'
  | '('
  | ')'
  | '{'
  | '}';

export interface CssToken {
  readonly type: CssTokenType;
  /** The name, unit, text or character, without escapes. */
  readonly value: string;
  /** A number as it was written, without its unit. */
  readonly number: string;
  readonly start: number;
  readonly end: number;
  /** Of what opens a block: the token that closes it, or the number of tokens when the end does. */
  match: number;
}

const SPACE = /[ \t\n]+/y;
const COMMENT = /(?:\/\*[^]*?(?:\*\/|$))+/y;
const NAME = /(?:[\w\u0080-\uffff-]|\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n0-9a-fA-F]|$))+/y;
const STARTS_IDENT = /-?(?:[A-Za-z_\u0080-\uffff]|\\[^\n]|\\$)|--/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING_REST = { '"': /(?:[^"\\\n]|\\[^])*\\?/y, "'": /(?:[^'\\\n]|\\[^])*\\?/y };
const URL_REST = /[ \t\n]*(?!["' \t\n])(?:[^)\\]|\\[^])*\\?\)?/y;
const PUNCTUATION = ':;,[](){}';
const REPLACEMENT = '\uFFFD';

/** Section 3.3: line ends become one character, null and lone surrogates the replacement character. */
export function preprocess(text: string): string {
  return text
    .replace(/\r\n?|\f/g, '\n')
    .replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, REPLACEMENT);
}

/** Section 4, without comments. The text has been through `preprocess`. */
export function tokenize(source: string): CssToken[] {
  const tokens: CssToken[] = [];
  let position = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(source)?.[0];
    position += found?.length ?? 0;
    return found;
  };
  const sees = (pattern: RegExp): boolean => {
    pattern.lastIndex = position;
    return pattern.test(source);
  };
  const takeName = (): string => decodeEscapes(take(NAME) ?? '', REPLACEMENT);

  while (take(COMMENT) !== undefined || position < source.length) {
    if (position >= source.length) {
      break;
    }

    const start = position;
    const [type, value, number = ''] = next();
    tokens.push({ type, value, number, start, end: position, match: 0 });
  }

  return tokens;

  function next(): [CssTokenType, string, string?] {
    const character = source.charAt(position);
    if (take(SPACE) !== undefined) {
      return ['space', ' '];
    }

    if (character === '"' || character === "'") {
      return takeString(character);
    }

    if (character === '#' || character === '@') {
      position++;
      if (sees(character === '#' ? NAME : STARTS_IDENT)) {
        return [character === '#' ? 'hash' : 'at', takeName()];
      }

      return ['delim', character];
    }

    const number = take(NUMBER);
    if (number !== undefined) {
      if (sees(STARTS_IDENT)) {
        return ['dimension', takeName(), number];
      }

      return take(/%/y) === undefined ? ['number', '', number] : ['percentage', '', number];
    }

    if (take(/<!--|-->/y) !== undefined) {
      return ['comment-mark', ''];
    }

    return sees(STARTS_IDENT) ? takeIdentLike() : takeSingle(character);
  }

  function takeSingle(character: string): [CssTokenType, string] {
    position++;
    return PUNCTUATION.includes(character) ? [character as CssTokenType, character] : ['delim', character];
  }

  function takeString(quote: '"' | "'"): [CssTokenType, string] {
    position++;
    const text = take(STRING_REST[quote]) ?? '';
    if (source.charAt(position) === '\n') {
      return ['bad', '']; // The line end is a token of its own.
    }

    position++;
    position = Math.min(position, source.length);
    return ['string', decodeEscapes(text, '')];
  }

  function takeIdentLike(): [CssTokenType, string] {
    const name = takeName();
    if (source.charAt(position) !== '(') {
      return ['ident', name];
    }

    position++;
    // What an address says never matters: only where it ends, and it is dropped whether good or bad.
    return lower(name) === 'url' && take(URL_REST) !== undefined ? ['bad', ''] : ['function', name];
  }
}

/** Only ASCII letters: others are never a word of CSS, and two platforms need not agree about them. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** @param cutOff what a backslash at the end stands for; in a string one before a line end stands for nothing, and a name has none. */
function decodeEscapes(text: string, cutOff: string): string {
  return text.includes('\\')
    ? text.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^]?))/g, (_, hex: string | undefined, character: string) =>
        hex === undefined
          ? character === '' || character === '\n'
            ? cutOff
            : character
          : characterOf(parseInt(hex, 16)),
      )
    : text;
}

function characterOf(code: number): string {
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? REPLACEMENT : String.fromCodePoint(code);
}
