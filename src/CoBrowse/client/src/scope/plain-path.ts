/**
 * Segments that are not empty but for the last. An escape is a byte of a letter beyond ASCII, a blank, or a sign that has no meaning of its
 * own in a path; never an unreserved character, a slash, a backslash, a dot, `; ? #`, a per cent sign or a control character.
 */
const SHAPE =
  /^(?=\/)(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,:=@|[\]]|%(?:2[01246-9A-Ca-c]|3[ACDEacde]|40|5[BDEbde]|60|7[BCDbcd]|[89A-Fa-f][0-9A-Fa-f]))+)*\/?$/;

/**
 * C1 controls, invisible and direction marks, line separators, and the letters that look like a dot, a slash, a backslash, a per cent sign,
 * a question mark, a number sign or a semicolon and are folded into it by some servers.
 */
const MISREAD =
  /[\u0080-\u00A0\u00AD\u037E\u180E\u2000-\u200F\u2024-\u2029\u202A-\u202F\u2044\u205F-\u206F\u2215\u2216\u29F5\u29F8\u29F9\u3000\u3002\uFE52\uFE54\uFE56\uFE5F\uFE68\uFE6A\uFEFF\uFF03\uFF05\uFF0E\uFF0F\uFF1B\uFF1F\uFF3C\uFF61\uFFF0-\uFFFF]/;

/** A path that browsers, proxies and servers cannot but read alike: the same as `PlainPath` in C#, held to it by `Vectors/scope.json`. */
export class PlainPath {
  readonly #segments: readonly string[];
  readonly #loose: readonly string[];

  private constructor(segments: readonly string[]) {
    this.#segments = segments;
    this.#loose = segments.map(loosen);
  }

  /** A slash at the end means nothing: `/help/` is `/help`. */
  static parse(text: string): PlainPath | undefined {
    if (!SHAPE.test(text)) {
      return undefined;
    }

    const parts = text.slice(1).split('/');
    try {
      const segments = (parts.at(-1) === '' ? parts.slice(0, -1) : parts).map(decodeURIComponent);
      return segments.some((segment) => MISREAD.test(segment) || loosen(segment) === '')
        ? undefined
        : new PlainPath(segments);
    } catch {
      return undefined; // Escaped bytes that are no UTF-8.
    }
  }

  /** Whether this is the prefix or below it, letter by letter. */
  isWithin(prefix: PlainPath): boolean {
    return prefix.#segments.every((segment, index) => segment === this.#segments[index]);
  }

  /**
   * Whether some server may take this for the prefix or for what is below it: many ignore case, and some ignore dots and blanks at a
   * segment's end. Only for what keeps a page out.
   */
  mayBeWithin(prefix: PlainPath): boolean {
    return prefix.#loose.every((segment, index) => segment === this.#loose[index]);
  }
}

function loosen(segment: string): string {
  return segment.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/^ +|[. ]+$/g, '');
}
