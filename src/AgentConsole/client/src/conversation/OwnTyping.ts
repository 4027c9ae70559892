/** Said again this often while typing goes on; well inside the time after which the other side stops believing it. */
const repeatMs = 3_000;

/** Without a key for this long the agent is thinking, not typing. */
const idleMs = 4_000;

/** Turns keystrokes into few calls: "typing" when it starts and every few seconds, "stopped" once. */
export class OwnTyping {
  private readonly tell: (typing: boolean) => void;
  private toldAt = -Infinity;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (typing: boolean) => void) {
    this.tell = tell;
  }

  touch(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.stop();
    }, idleMs);
    const now = performance.now();
    if (now - this.toldAt >= repeatMs) {
      this.toldAt = now;
      this.tell(true);
    }
  }

  stop(): void {
    const wasTyping = this.toldAt !== -Infinity;
    this.forget();
    if (wasTyping) {
      this.tell(false);
    }
  }

  /** Nobody can be told: the connection is gone, and the server forgets by itself. */
  forget(): void {
    clearTimeout(this.idle);
    this.toldAt = -Infinity;
  }
}
