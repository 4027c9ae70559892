import { CssSheet } from './css/css-sheet';
import { writeNumber } from './css/css-values';
import type { Names } from './names';
import { attributeRules, cssRules, limits, wordRules, type AttributeKind, type AttributeKinds } from './rules';
import { maskText } from './text';

/** What an attribute's value depends on beside itself. */
export interface AttributeOwner {
  /** As it is written. */
  readonly tagName: string;
  readonly kinds: AttributeKinds | undefined;
  readonly isShown: boolean;
  /** Somebody types in it. */
  readonly isField: boolean;
}

/** Sizes by which a field follows what is typed. */
const SIZE = /^(min-|max-)?(width|height|inline-size|block-size):/;

export function kindOf(owner: Pick<AttributeOwner, 'kinds'>, name: string): AttributeKind | undefined {
  return owner.kinds?.get(name) ?? attributeRules.every.get(name);
}

/** What may leave the page of an attribute; undefined when nothing may. */
export function writeAttribute(owner: AttributeOwner, name: string, raw: unknown, names: Names): string | undefined {
  const kind = kindOf(owner, name);
  if (kind === undefined || raw === null || raw === undefined || raw === false) {
    return undefined;
  }

  const text = raw === true ? '' : typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw : undefined;
  const written = text === undefined ? undefined : writeKind(kind, owner, name, text, names);
  return written !== undefined && written.length <= longest(kind) ? written : undefined;
}

export function isCss(kind: AttributeKind | undefined): boolean {
  return kind === 'style' || kind === 'css' || kind === 'value';
}

function longest(kind: AttributeKind): number {
  switch (kind) {
    case 'style':
      return limits.styleUnits;
    case 'css':
      return limits.cssUnits;
    case 'text':
      return limits.textUnits;
    case 'path':
    case 'numbers':
      return limits.pathUnits;
    default:
      return limits.attributeUnits;
  }
}

function writeKind(
  kind: AttributeKind,
  owner: AttributeOwner,
  name: string,
  text: string,
  names: Names,
): string | undefined {
  switch (kind) {
    case 'flag':
      return name === 'contenteditable' && text.trim().toLowerCase() === 'false' ? undefined : '';
    case 'name':
      return text === '' ? undefined : names.of(text);
    case 'names':
      return writeNames(text, names);
    case 'text':
      return maskText(text, owner.isShown);
    case 'style':
      return writeStyle(new CssSheet(text, names).declarations(), owner) || undefined;
    case 'css':
      return new CssSheet(text, names).rules();
    case 'value':
      return new CssSheet(text, names).value(attributeRules.valueOf.get(name) ?? name);
    case 'word':
      return writeWord(wordRules.get(`${owner.tagName}.${name}`) ?? wordRules.get(name), text);
    case 'integer':
      return writeInteger(text, 999_999);
    case 'scroll':
      return writeInteger(text, limits.coordinate);
    case 'length':
      return writeLength(text, ['', '%', 'px']);
    case 'px':
      return writeLength(text, ['px']);
    case 'numbers':
      return writeNumbers(text);
    case 'path':
      return writePath(text);
    case 'fragment':
      return text.length > 1 && text.startsWith('#') ? `#${names.of(text.slice(1))}` : undefined;
    case 'language':
      return /^[a-z]{2,3}(-[a-z0-9]{2,4})?$/.exec(text.toLowerCase())?.[0];
  }
}

/** No value holds a semicolon in its canonical form. */
function writeStyle(declarations: string, { isField }: AttributeOwner): string {
  const each = declarations.split(';');
  return (isField ? each.filter((declaration) => !SIZE.test(declaration)) : each).join(';');
}

function writeNames(text: string, names: Names): string | undefined {
  const parts = text.split(/[ \t\n\f\r]+/).filter(Boolean);
  return parts.length === 0
    ? undefined
    : parts
        .slice(0, limits.nameList)
        .map((part) => names.of(part))
        .join(' ');
}

function writeWord(words: ReadonlySet<string> | undefined, text: string): string | undefined {
  return [text, text.trim().toLowerCase()].find((word) => words?.has(word));
}

function writeInteger(text: string, most: number): string | undefined {
  const number = /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Math.trunc(Number(text)) : NaN;
  return Math.abs(number) <= most ? String(number === 0 ? 0 : number) : undefined;
}

function writeLength(text: string, units: readonly string[]): string | undefined {
  const [, digits, unit = ''] = /^\s*\+?([\d.]+)([a-z%]*)\s*$/i.exec(text) ?? [];
  const number = digits === undefined ? undefined : writeNumber(digits);
  return number !== undefined && units.includes(unit.toLowerCase()) ? number + unit.toLowerCase() : undefined;
}

function writeNumbers(text: string): string | undefined {
  const written: string[] = [];
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, digits, unit = ''] = /^([+-]?[\d.]+)([a-z%]*)$/i.exec(part) ?? [];
    const number = digits === undefined ? undefined : writeNumber(digits);
    const word = unit.toLowerCase();
    if (number === undefined || !(word === '' || word === '%' || cssRules.units.has(word))) {
      return undefined;
    }

    written.push(number + word);
  }

  return written.length > 0 ? written.join(' ') : undefined;
}

/** Numbers that each command of a path takes. */
const ARGUMENTS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 };

/** An arc's flags are single digits that need nothing behind them. */
function writePath(text: string): string | undefined {
  let written = '';
  for (const [, command = '', rest = ''] of text.matchAll(/([a-zA-Z])([^a-df-zA-DF-Z]*)/g)) {
    const numbers =
      ARGUMENTS[command.toLowerCase()] === undefined ? undefined : pathNumbers(rest, command.toLowerCase() === 'a');
    if (numbers === undefined) {
      return undefined;
    }

    written += command + numbers.join(' ');
  }

  return /^[\s,]*[mM]/.test(text) ? written : undefined;
}

function pathNumbers(text: string, isArc: boolean): string[] | undefined {
  const numbers: string[] = [];
  const number = /[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
  const flag = /[\s,]*([01])/y;
  for (let position = 0; !/^[\s,]*$/.test(text.slice(position));) {
    const argument = numbers.length % 7;
    const pattern = isArc && (argument === 3 || argument === 4) ? flag : number;
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[1];
    const written = found === undefined ? undefined : writeNumber(plain(found));
    if (written === undefined) {
      return undefined;
    }

    numbers.push(written);
    position = pattern.lastIndex;
  }

  return numbers;
}

/** `1.` and exponents are numbers of a path, but not of the canonical form. */
function plain(number: string): string {
  return /[eE]/.test(number) ? Number(number).toFixed(6) : number.replace(/\.$/, '');
}
