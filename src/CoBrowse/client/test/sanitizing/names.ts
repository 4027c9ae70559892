import type { Names } from '../../src/recorder/sanitizing/names';

/** Leaves names that have a hash's form as they are, as the server's check does: what changes under it was not made by the sanitizer. */
export class KeptNames implements Names {
  readonly #others: Names;

  constructor(others: Names) {
    this.#others = others;
  }

  of(name: string): string {
    return /^_[a-z2-7]{8}$/.test(name) ? name : this.#others.of(name);
  }

  ofProperty(name: string): string {
    return /^--_[a-z2-7]{8}$/.test(name) ? name : this.#others.ofProperty(name);
  }

  ofElement(name: string): string {
    return /^x-([a-z2-7]{8}|img|video|audio|canvas|iframe|object|embed)$/.test(name)
      ? name
      : this.#others.ofElement(name);
  }
}

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
