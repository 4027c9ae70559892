/** With nothing changing for this long after the private page has gone, what stands in the document belongs to its address. */
const SETTLED_MS = 300;
/** A document that stays as it is has changed before its address was seen, or never will. */
const UNCHANGED_MS = 2_000;
const LATEST_MS = 3_000;
/** Of the text that stood there, this part goes with a page: less is a clock that counts down or a message that was closed. */
const PAGE_PART = 1 / 4;

/**
 * A page that goes from one address to another without a load still shows, for a moment, what belonged to the one before: when somebody goes
 * back, the browser changes the address first. So after a private address the document stays private until that page has gone and the next has
 * settled. What comes first says nothing: it is often a bar that shows progress, or a title, while the old page stands.
 */
export class PrivateVeil {
  readonly #onLift: () => void;
  readonly #changes = new MutationObserver((records) => {
    this.#changed(records);
  });
  #isPrivate = false;
  #returnedAt = 0;
  /** Letters that must go before the page counts as gone. */
  #standing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onLift: () => void) {
    this.#onLift = onLift;
  }

  /** Whether the document may be shown. @param isInScope Its address is one that may be. */
  look(isInScope: boolean): boolean {
    if (!isInScope) {
      this.#isPrivate = true;
      this.stop();
    } else if (this.#isPrivate && this.#timer === undefined) {
      this.#returnedAt = performance.now();
      // What a page holds for its scripts may be more than what it shows.
      this.#standing = letters(document.body.innerText) * PAGE_PART;
      // Not of the body alone, which some shops replace.
      this.#changes.observe(document, { childList: true, characterDataOldValue: true, subtree: true });
      this.#wait(UNCHANGED_MS);
    }
    return isInScope && !this.#isPrivate;
  }

  stop(): void {
    this.#changes.disconnect();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { target, oldValue, removedNodes } of records) {
      if (!document.head.contains(target)) {
        this.#standing -= letters(oldValue);
        for (const node of removedNodes) {
          // What only moved still stands.
          this.#standing -= node.isConnected ? 0 : letters(node.textContent);
        }
      }
    }
    if (this.#standing <= 0) {
      this.#wait(Math.min(SETTLED_MS, this.#returnedAt + LATEST_MS - performance.now()));
    }
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.stop();
      this.#isPrivate = false;
      this.#onLift();
    }, milliseconds);
  }
}

function letters(text: string | null): number {
  return text?.replace(/\s/g, '').length ?? 0;
}
