import { waitFor, type Wait } from '@copilot/contracts';
import { CaptureEnds, type CapturePort, type CaptureSession } from './capture';

/** Before each try, in milliseconds. */
const TRIES_AFTER = [0, 1_000, 4_000];

/**
 * A capture whose script is fetched when it is needed, which most pages never come to. Until it is there nothing is recorded; if it cannot be
 * had, the session hears that nothing is going to be.
 */
export class LazyCapture implements CapturePort {
  readonly #load: (attempt: number) => Promise<CapturePort>;
  readonly #wait: Wait;
  #capture: CapturePort | undefined;
  #isLoading = false;
  #attempts = 0;
  #session: CaptureSession | undefined;

  /** @param load Called again after a failure, each time with the next number. */
  constructor(load: (attempt: number) => Promise<CapturePort>, wait: Wait = waitFor) {
    this.#load = load;
    this.#wait = wait;
  }

  prepare(): void {
    if (!this.#capture && !this.#isLoading) {
      this.#isLoading = true;
      void this.#fetch();
    }
  }

  start(session: CaptureSession): void {
    this.#session = session;
    this.#capture?.start(session);
    this.prepare();
  }

  pause(): void {
    this.#session = undefined;
    this.#capture?.pause();
  }

  stop(): void {
    this.#session = undefined;
    this.#capture?.stop();
  }

  nodeOf(id: number): Element | undefined {
    return this.#capture?.nodeOf(id);
  }

  async #fetch(): Promise<void> {
    for (const pause of TRIES_AFTER) {
      this.#attempts += 1;
      await this.#wait(pause);
      try {
        this.#capture = await this.#load(this.#attempts - 1);
        break;
      } catch {
        // Said below, when it was the last.
      }
    }
    this.#isLoading = false;
    const session = this.#session;
    if (session && this.#capture) {
      this.#capture.start(session);
    } else if (session) {
      session.onOver(CaptureEnds.captureFailed);
    }
  }
}
