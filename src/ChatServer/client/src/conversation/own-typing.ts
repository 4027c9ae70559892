const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;

/** Tells the other side that somebody is typing: at most once in three seconds, and when they have stopped. */
export class OwnTyping {
  private readonly tell: (typing: boolean) => void;
  private toldAt: number | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (typing: boolean) => void) {
    this.tell = tell;
  }

  changed(text: string): void {
    if (text.trim() === '') {
      this.stopped();
      return;
    }
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.stopped();
    }, IDLE_MS);
    const now = performance.now();
    if (this.toldAt === undefined || now - this.toldAt >= REPEAT_MS) {
      this.toldAt = now;
      this.tell(true);
    }
  }

  /** The message itself ends the typing on the other side, so sending tells nothing more. */
  sent(): void {
    clearTimeout(this.idle);
    this.toldAt = undefined;
  }

  private stopped(): void {
    clearTimeout(this.idle);
    if (this.toldAt !== undefined) {
      this.toldAt = undefined;
      this.tell(false);
    }
  }
}
