import type { Names } from '../names';
import { cssRules, limits } from '../rules';
import { lower, type CssToken, type CssTokenType } from './css-tokenizer';
import type { CssTokens } from './css-tokens';

/** Which words and signs a value or a prelude may have beside numbers, strings and known functions. */
export interface ValueWords {
  /** How an identifier is written, in any case of letters; undefined drops all of it. */
  ident(name: string): string | undefined;
  isFunction(name: string): boolean;
  /** The delimiters and colons that may stand between. */
  readonly signs: string;
}

/** Around these stands no space. */
const TIGHT = new Set([',', ':', '<', '>', '=', '.']);
const CLOSED_BY: Partial<Record<CssTokenType, string>> = { '(': ')', function: ')', '[': ']' };
const NUMBER = /^([+-]?)0*(\d{0,9})(?:\.(\d+))?$/;

export function writeIdent(name: string, names: Names, others?: ReadonlySet<string>): string {
  const word = lower(name);
  if (cssRules.keywords.has(word) || others?.has(word)) {
    return word;
  }

  return name.startsWith('--') ? names.ofProperty(name) : names.of(name);
}

export function valueWords(names: Names): ValueWords {
  return {
    ident: (name) => writeIdent(name, names),
    isFunction: (name) => cssRules.functions.has(name),
    signs: '/*+-',
  };
}

/** Without a plus sign, cut after six decimals, without zeros that say nothing; undefined with an exponent or with too many digits. */
export function writeNumber(text: string): string | undefined {
  const [, sign = '', whole = '', decimals = ''] = NUMBER.exec(text) ?? [text];
  if (!NUMBER.test(text)) {
    return undefined;
  }

  const fraction = decimals.slice(0, 6).replace(/0+$/, '');
  const digits = (whole || '0') + (fraction && `.${fraction}`);
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** The canonical form of tokens, or undefined when one of them may not be there. */
export function writeTokens(tokens: CssTokens, start: number, end: number, words: ValueWords): string | undefined {
  let written = '';
  let glued = true; // Whether the next token follows without a space.
  const open: string[] = [];
  for (let index = start; index < end; index++) {
    const token = tokens.at(index);
    if (!token || token.type === 'space') {
      continue;
    }

    if (token.type === open.at(-1)) {
      written += open.pop() ?? '';
      glued = false;
      continue;
    }

    const text = writeToken(token, words);
    // "</" ends an element of HTML; no prelude that means anything has it.
    if (text === undefined || (text === '/' && written.endsWith('<'))) {
      return undefined;
    }

    const isTight = TIGHT.has(text);
    written += glued || isTight ? text : ` ${text}`;
    const closer = CLOSED_BY[token.type];
    glued = isTight || closer !== undefined;
    if (closer !== undefined && open.push(closer) > limits.cssNesting) {
      return undefined;
    }
  }

  return written + open.reverse().join('');
}

function writeToken(token: CssToken, words: ValueWords): string | undefined {
  switch (token.type) {
    case 'ident':
      return words.ident(token.value);
    case 'function': {
      const name = lower(token.value);
      return words.isFunction(name) ? `${name}(` : undefined;
    }
    case 'string':
      return '""';
    case 'hash': {
      const digits = lower(token.value);
      return /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits) ? `#${digits}` : undefined;
    }
    case 'number':
      return writeNumber(token.number);
    case 'percentage':
      return withUnit(token.number, '%');
    case 'dimension': {
      const unit = lower(token.value);
      return cssRules.units.has(unit) ? withUnit(token.number, unit) : undefined;
    }
    case 'delim':
    case ':':
      return words.signs.includes(token.value) ? token.value : undefined;
    case ',':
    case '(':
    case '[':
      return token.type;
    default:
      return undefined;
  }
}

function withUnit(number: string, unit: string): string | undefined {
  const written = writeNumber(number);
  return written === undefined ? undefined : written + unit;
}
