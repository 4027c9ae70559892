import type { CapturePort, CaptureSession } from './capture';

/** Turns the capture on and off, never twice the same. Without a capture it is never on. */
export class CaptureSwitch {
  private readonly capture: CapturePort | undefined;
  private isRunning = false;

  constructor(capture: CapturePort | undefined) {
    this.capture = capture;
  }

  get isOn(): boolean {
    return this.isRunning;
  }

  /** @param session Undefined turns it off. */
  turn(session: CaptureSession | undefined): void {
    if (session !== undefined && !this.isRunning && this.capture) {
      this.isRunning = true;
      this.capture.start(session);
    } else if (session === undefined && this.isRunning) {
      this.isRunning = false;
      this.capture?.pause();
    }
  }

  stop(): void {
    this.turn(undefined);
    this.capture?.stop();
  }
}
