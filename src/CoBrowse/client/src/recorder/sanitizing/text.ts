import { limits, mask, textRules } from './rules';

const SPACES = setOf(textRules.spaces);
const NARROW = setOf(textRules.narrowJoiners);
const WIDE = setOf(textRules.wideJoiners);
const ATS = setOf(textRules.ats);
const ADDRESS_ENDS = new Set(`${textRules.addressEnds}${mask}`);
const DIGITS: ReadonlyMap<string, number> = new Map(
  textRules.digitZeros.flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(zero + digit), digit]),
  ),
);

/** A run of digits, from the first to behind the last. */
interface Group {
  readonly start: number;
  readonly end: number;
}

type Piece = readonly [start: number, end: number];

/** What an agent sees of a text: nothing stays nothing, blanks become one space, and what is not shown becomes a mask that tells no length. */
export function maskText(text: string, isShown: boolean): string {
  if (text === '') {
    return '';
  }

  if (all(text, SPACES)) {
    return ' ';
  }

  return isShown && text.length <= limits.textUnits ? maskPieces(wellFormed(text)) : mask;
}

/** A half of a pair alone cannot be written as UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

/** Replaces what looks like a number of a person's, until nothing does: what a replacement brings together may be a piece itself. */
function maskPieces(text: string): string {
  for (;;) {
    const pieces = findPieces(text).sort(([a], [b]) => a - b);
    if (pieces.length === 0) {
      return text.length <= limits.textUnits ? text : mask;
    }

    let written = '';
    let last = -1;
    for (const [start, end] of pieces) {
      if (start > last) {
        written += text.slice(Math.max(last, 0), start) + mask;
      }

      last = Math.max(last, end);
    }

    text = written + text.slice(last);
  }
}

function findPieces(text: string): Piece[] {
  const groups = findGroups(text);
  return [...findNumbers(text, groups), ...findCards(text, groups), ...findIbans(text), ...findAddresses(text)];
}

function findGroups(text: string): Group[] {
  const groups: Group[] = [];
  for (let index = 0; index < text.length; index++) {
    if (DIGITS.has(text.charAt(index))) {
      const start = index;
      while (DIGITS.has(text.charAt(index))) {
        index++;
      }

      groups.push({ start, end: index });
    }
  }

  return groups;
}

/** Phone numbers, and long numbers at all: the longest chains of groups. */
function findNumbers(text: string, groups: readonly Group[]): Piece[] {
  const pieces: Piece[] = [];
  for (let first = 0; first < groups.length;) {
    let last = first;
    let digits = length(groups[first]);
    while (isJoined(text, groups[last], groups[last + 1], NARROW, textRules.narrowJoin)) {
      last++;
      digits += length(groups[last]);
    }

    if (digits >= textRules.phoneDigits) {
      pieces.push([groups[first]?.start ?? 0, groups[last]?.end ?? 0]);
    }

    first = last + 1;
  }

  return pieces;
}

function findCards(text: string, groups: readonly Group[]): Piece[] {
  const [fewest = 0, most = 0] = textRules.cardDigits;
  const pieces: Piece[] = [];
  groups.forEach((group, first) => {
    let digits = '';
    for (let last = first; last < groups.length; last++) {
      const added = groups[last];
      if (!added || (last > first && !isJoined(text, groups[last - 1], added, WIDE, textRules.wideJoin))) {
        break;
      }

      digits += text.slice(added.start, added.end);
      if (digits.length > most) {
        break;
      }

      if (digits.length >= fewest && passesLuhn(digits)) {
        pieces.push([group.start, added.end]);
      }
    }
  });
  return pieces;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = (DIGITS.get(digits.charAt(digits.length - 1 - index)) ?? 0) * (index % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }

  return sum % 10 === 0;
}

function findIbans(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < text.length; start++) {
    if (isLetter(text.charAt(start)) && !isLetterOrDigit(text.charAt(start - 1))) {
      const end = ibanEnd(text, start);
      if (end !== undefined) {
        pieces.push([start, end]);
      }
    }
  }

  return pieces;
}

/** The longest that begins there. */
function ibanEnd(text: string, start: number): number | undefined {
  const [fewest = 0, most = 0] = textRules.ibanLength;
  let characters = '';
  let found: number | undefined;
  for (let index = start; characters.length < most; index++) {
    if (characters.length > 0 && NARROW.has(text.charAt(index))) {
      index++;
    }

    const character = text.charAt(index);
    const isRight =
      characters.length < 2
        ? isLetter(character)
        : characters.length < 4
          ? isDigit(character)
          : isLetterOrDigit(character);
    if (!isRight) {
      break;
    }

    characters += character;
    if (characters.length >= fewest && !isLetterOrDigit(text.charAt(index + 1)) && remainderOf(characters) === 1) {
      found = index + 1;
    }
  }

  return found;
}

/** Of an IBAN by 97 (ISO 7064): the first four characters go to the end, letters count from 10. */
function remainderOf(characters: string): number {
  let remainder = 0;
  for (const character of characters.slice(4) + characters.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }

  return remainder;
}

/** Runs with something like an `@` between other characters. */
function findAddresses(text: string): Piece[] {
  const pieces: Piece[] = [];
  const ends = (index: number): boolean => {
    const character = text.charAt(index);
    return character === '' || SPACES.has(character) || ADDRESS_ENDS.has(character);
  };
  for (let start = 0; start < text.length; start++) {
    let end = start;
    let hasAt = false;
    while (!ends(end)) {
      hasAt ||= ATS.has(text.charAt(end)) && end > start && !ends(end + 1);
      end++;
    }

    if (hasAt) {
      pieces.push([start, end]);
    }

    start = end;
  }

  return pieces;
}

function isJoined(
  text: string,
  one: Group | undefined,
  other: Group | undefined,
  joiners: ReadonlySet<string>,
  most: number,
): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    other.start - one.end <= most &&
    all(text.slice(one.end, other.start), joiners)
  );
}

function length(group: Group | undefined): number {
  return group ? group.end - group.start : 0;
}

function all(text: string, characters: ReadonlySet<string>): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!characters.has(text.charAt(index))) {
      return false;
    }
  }

  return true;
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isLetterOrDigit(character: string): boolean {
  return isLetter(character) || isDigit(character);
}

function setOf(codes: readonly number[]): ReadonlySet<string> {
  return new Set(codes.map((code) => String.fromCharCode(code)));
}
