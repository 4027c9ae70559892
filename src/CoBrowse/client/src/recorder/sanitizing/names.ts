import { nameRules } from './rules';
import { createHmac } from './sha256';

/** How names that authors gave are written. */
export interface Names {
  /** `_abcdefgh` for a class, an id or an identifier of CSS. */
  of(name: string): string;
  /** `--_abcdefgh`, the dashes being part of what is hashed. */
  ofProperty(name: string): string;
  /** `x-abcdefgh`, for a name in lower case. */
  ofElement(name: string): string;
}

const BITS_OF_CHARACTER = 5;

/** Hashes with a key that lives no longer than the page: the same name is the same hash in the page and its CSS, and means nothing elsewhere. */
export class HashedNames implements Names {
  readonly #hmac: (message: Uint8Array) => Uint8Array;
  readonly #known = new Map<string, string>();
  readonly #encoder = new TextEncoder();

  constructor(key: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) {
    this.#hmac = createHmac(key);
  }

  of(name: string): string {
    return nameRules.prefix + this.#hash(name);
  }

  ofProperty(name: string): string {
    return `--${this.of(name)}`;
  }

  ofElement(name: string): string {
    return nameRules.custom + this.#hash(name);
  }

  #hash(name: string): string {
    let hash = this.#known.get(name);
    if (hash === undefined) {
      hash = encode(this.#hmac(this.#encoder.encode(name)));
      this.#known.set(name, hash);
    }

    return hash;
  }
}

function encode(digest: Uint8Array): string {
  let written = '';
  for (let bit = 0; written.length < nameRules.length; bit += BITS_OF_CHARACTER) {
    const pair = ((digest[bit >> 3] ?? 0) << 8) | (digest[(bit >> 3) + 1] ?? 0);
    written += nameRules.alphabet.charAt((pair >> (16 - BITS_OF_CHARACTER - (bit & 7))) & 31);
  }

  return written;
}
