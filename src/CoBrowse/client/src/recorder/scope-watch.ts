import type { ScopePolicy } from '../scope/scope-policy';

/** Only for addresses that were left and reached again before the session looked at them. */
const LOOK_EVERY_MS = 250;

/** Whether the page may be shown at this very moment, whatever of its address was noticed elsewhere. */
export class ScopeWatch {
  readonly #scope: ScopePolicy;
  readonly #onReturn: () => void;
  #seen: string | undefined;
  #isInScope = false;
  #looking: ReturnType<typeof setInterval> | undefined;

  /** @param onReturn The page may be shown again, after an answer that it may not. */
  constructor(scope: ScopePolicy, onReturn: () => void) {
    this.#scope = scope;
    this.#onReturn = onReturn;
  }

  /** As it was found last. */
  get isInScope(): boolean {
    return this.#isInScope;
  }

  look(): boolean {
    const { href } = location;
    if (href !== this.#seen) {
      this.#seen = href;
      this.#isInScope = this.#scope.isInScope(href);
    }
    if (!this.#isInScope) {
      this.#looking ??= setInterval(() => {
        if (this.look()) {
          this.stop();
          this.#onReturn();
        }
      }, LOOK_EVERY_MS);
    }
    return this.#isInScope;
  }

  stop(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}
