import { backoff, DISCONNECTED, isRetriable, parseHubError, waitFor, type Wait } from '@copilot/contracts';

/** Many messages at once are marked together. */
const restMs = 300;

/** Moves the agent's read mark on the server: one call at a time, always to the newest place, until the server has it. */
export class ReadMark {
  private readonly send: (seq: number) => Promise<unknown>;
  private readonly onMarked: (seq: number) => void;
  private readonly wait: Wait;
  private wanted = 0;
  private marked = 0;
  private running = false;

  constructor(send: (seq: number) => Promise<unknown>, onMarked: (seq: number) => void, wait: Wait = waitFor) {
    this.send = send;
    this.onMarked = onMarked;
    this.wait = wait;
  }

  /** Everything up to here has been seen. After a lost connection it has to be said again. */
  reach(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    if (!this.running && this.wanted > this.marked) {
      this.running = true;
      void this.run();
    }
  }

  /** The server says that the mark is here already, for instance from another window. */
  confirmed(seq: number): void {
    this.marked = Math.max(this.marked, seq);
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (this.wanted > this.marked) {
      const seq = this.wanted;
      try {
        await this.send(seq);
        failures = 0;
        this.confirmed(seq);
        this.onMarked(seq);
        await this.wait(restMs);
      } catch (error) {
        const { code, retryAfterMs } = parseHubError(error);
        if (code === DISCONNECTED || !isRetriable(code)) {
          break;
        }
        failures++;
        await this.wait(backoff(failures, retryAfterMs));
      }
    }
    this.running = false;
  }
}
