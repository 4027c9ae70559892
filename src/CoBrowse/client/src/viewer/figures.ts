/** For so long the quickest delivery stands for "at once": clocks drift, and networks change. */
const WINDOW = 60_000;

/**
 * How far the view is behind. The customer's clock is not ours, so a delay is counted from the quickest delivery of the last minute: what that one
 * took is not in it.
 */
export class Figures {
  #deliveries: { readonly at: number; readonly difference: number }[] = [];
  #apply = 0;
  #delay = 0;
  #lastAt: number | undefined;

  /** @param sentAt by the customer's clock */
  note(sentAt: number, arrivedAt: number, shownAt: number): void {
    const difference = arrivedAt - sentAt;
    // Only what may still be the smallest is kept, so the first is.
    this.#deliveries = this.#deliveries.filter(
      (delivery) => delivery.at > arrivedAt - WINDOW && delivery.difference < difference,
    );
    this.#deliveries.push({ at: arrivedAt, difference });
    this.#apply = shownAt - arrivedAt;
    this.#delay = difference - (this.#deliveries[0]?.difference ?? difference) + this.#apply;
    this.#lastAt = shownAt;
  }

  /** Milliseconds: of the last frame, how late it was and how long it took here; and since when nothing came. */
  read(now: number): { delay: number; apply: number; quiet: number } {
    return {
      delay: Math.round(this.#delay),
      apply: Math.round(this.#apply),
      quiet: this.#lastAt === undefined ? 0 : Math.round(now - this.#lastAt),
    };
  }
}
