import type { Readable } from '../stores/Store';

/** The time, moving in steps while somebody watches. */
export class Ticker implements Readable<number> {
  private readonly now: () => number;
  private readonly step: number;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private value: number;

  constructor(now: () => number, step: number) {
    this.now = now;
    this.step = step;
    this.value = now();
  }

  readonly get = (): number => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.timer ??= setInterval(this.tick, this.step);
    this.value = this.now();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) {
        return;
      }
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private readonly tick = (): void => {
    this.value = this.now();
    for (const listener of [...this.listeners]) {
      listener();
    }
  };
}
