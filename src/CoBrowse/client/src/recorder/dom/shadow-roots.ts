/** The open shadow trees that are recorded, each once; rrweb calls it by these names. */
export class ShadowRoots {
  readonly #watch: (root: ShadowRoot) => () => void;
  readonly #stops = new Map<unknown, () => void>();

  constructor(watch: (root: ShadowRoot) => () => void) {
    this.#watch = watch;
  }

  has(root: unknown): boolean {
    return this.#stops.has(root);
  }

  addShadowRoot(root: ShadowRoot): void {
    if (!this.has(root)) {
      this.#stops.set(root, this.#watch(root));
    }
  }

  reset(): void {
    for (const stop of this.#stops.values()) {
      stop();
    }
    this.#stops.clear();
  }
}
