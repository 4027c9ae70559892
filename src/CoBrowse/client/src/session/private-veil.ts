/** With nothing changing for this long after a change, what stands in the document belongs to its address. */
const SETTLED_MS = 300;
/** A document that does not change at all has changed before its address was seen, or never will. */
const UNCHANGED_MS = 2_000;
const LATEST_MS = 3_000;

/**
 * A page that goes from one address to another without a load still shows, for a moment, what belonged to the one before: when somebody goes
 * back, the browser changes the address first. So after a private address the document stays private until it has changed and settled.
 */
export class PrivateVeil {
  private readonly onLift: () => void;
  private readonly changes = new MutationObserver(() => {
    this.wait(Math.min(SETTLED_MS, this.returnedAt + LATEST_MS - performance.now()));
  });
  private isPrivate = false;
  private returnedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onLift: () => void) {
    this.onLift = onLift;
  }

  /** Whether the document may be shown. @param isInScope Its address is one that may be. */
  look(isInScope: boolean): boolean {
    if (!isInScope) {
      this.isPrivate = true;
      this.stop();
    } else if (this.isPrivate && this.timer === undefined) {
      this.returnedAt = performance.now();
      this.changes.observe(document, { childList: true, characterData: true, subtree: true });
      this.wait(UNCHANGED_MS);
    }
    return isInScope && !this.isPrivate;
  }

  stop(): void {
    this.changes.disconnect();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.stop();
      this.isPrivate = false;
      this.onLift();
    }, milliseconds);
  }
}
