import { backoff, isRetriable, parseHubError, waitFor, type Wait } from '@copilot/contracts';

/**
 * Asks one question again and again without ever asking twice at a time. An answer during which something changed is thrown away and asked
 * for anew: it may have been made before the change, and would undo it here.
 */
export class Refresher<T> {
  private readonly ask: () => Promise<T>;
  private readonly apply: (answer: T) => void;
  private readonly wait: Wait;
  private isOpen = false;
  private running = false;
  private wanted = 0;

  constructor(ask: () => Promise<T>, apply: (answer: T) => void, wait: Wait = waitFor) {
    this.ask = ask;
    this.apply = apply;
    this.wait = wait;
  }

  /** A connection is there: asks at once. */
  open(): void {
    this.isOpen = true;
    this.request();
  }

  pause(): void {
    this.isOpen = false;
  }

  stop(): void {
    this.isOpen = false;
  }

  /** Something changed that only the server knows the whole of. */
  request(): void {
    this.wanted++;
    if (this.isOpen && !this.running) {
      this.running = true;
      void this.run();
    }
  }

  /** Something changed that is known here already: only an answer on its way is out of date. */
  touch(): void {
    this.wanted++;
  }

  private async run(): Promise<void> {
    let answered = -1;
    let failures = 0;
    while (this.mayAsk() && answered !== this.wanted) {
      const asked = this.wanted;
      try {
        const answer = await this.ask();
        failures = 0;
        if (asked === this.wanted) {
          answered = asked;
          this.apply(answer);
        }
      } catch (error) {
        const { code, retryAfterMs } = parseHubError(error);
        if (!isRetriable(code)) {
          break;
        }
        failures++;
        await this.wait(backoff(failures, retryAfterMs));
      }
    }
    this.running = false;
  }

  // A method, because the compiler would otherwise take the value for unchanged across an await.
  private mayAsk(): boolean {
    return this.isOpen;
  }
}
