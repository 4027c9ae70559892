import type { CapturePort, CaptureSession } from './capture';

/** Turns the capture on and off, never twice the same, and knows whether anything of the page goes out. */
export class CaptureSwitch {
  readonly #capture: CapturePort;
  #isOn = false;
  #isPublishing = false;

  constructor(capture: CapturePort) {
    this.#capture = capture;
  }

  /** The agent may see the page from now on. */
  get isSeen(): boolean {
    return this.#isOn && this.#isPublishing;
  }

  prepare(): void {
    this.#capture.prepare();
  }

  /** @param session Undefined turns it off. */
  turn(session: CaptureSession | undefined): void {
    if (session !== undefined && !this.#isOn) {
      this.#isOn = true;
      this.#isPublishing = false;
      this.#capture.start({
        ...session,
        onPublishing: () => {
          this.#isPublishing = true;
          session.onPublishing();
        },
      });
    } else if (session === undefined && this.#isOn) {
      this.#isOn = false;
      this.#capture.pause();
    }
  }

  stop(): void {
    this.turn(undefined);
    this.#capture.stop();
  }
}
