/**
 * The server's time, worked out from times that it names in its answers. Each one proves that the difference between the two
 * clocks lies in a range (the answer was made between asking and receiving); the ranges are intersected, so the estimate
 * only gets better. It matters for offers: a countdown by a wrong local clock would promise seconds that are not there.
 */
export class ServerClock {
  private readonly read: () => number;
  private lowest = -Infinity;
  private highest = Infinity;

  constructor(now: () => number = () => Date.now()) {
    this.read = now;
  }

  /** Milliseconds since 1970 by this computer's own clock. */
  local(): number {
    return this.read();
  }

  /** Milliseconds since 1970 by the server's clock, as well as it is known. */
  now(): number {
    return this.read() + this.difference;
  }

  /** Server minus local, in milliseconds; 0 while nothing is known. */
  get difference(): number {
    return Number.isFinite(this.lowest) ? (this.lowest + this.highest) / 2 : 0;
  }

  /**
   * @param serverTime What the server named.
   * @param askedAt Local time when it was asked.
   * @param precision How coarse the named time is: 1000 for an HTTP `Date`, which is cut to whole seconds.
   */
  observe(serverTime: number, askedAt: number, precision = 0): void {
    if (!Number.isFinite(serverTime)) {
      return;
    }
    const lowest = serverTime - this.read();
    const highest = serverTime + precision - askedAt;
    if (lowest > highest) {
      return;
    }
    const disjoint = lowest > this.highest || highest < this.lowest;
    // Disjoint ranges mean that one of the clocks was set: only the newest counts.
    this.lowest = disjoint ? lowest : Math.max(lowest, this.lowest);
    this.highest = disjoint ? highest : Math.min(highest, this.highest);
  }
}
