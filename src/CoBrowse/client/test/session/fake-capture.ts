import type { CapturePort, CaptureSession } from '../../src/session/capture';

/** A capture that writes down what it is told, and publishes as soon as it may. */
export class FakeCapture implements CapturePort {
  readonly told: string[] = [];
  session: CaptureSession | undefined;

  prepare(): void {
    if (!this.told.includes('prepare')) {
      this.told.push('prepare');
    }
  }

  start(session: CaptureSession): void {
    this.told.push('start');
    this.session = session;
    queueMicrotask(() => {
      if (this.session === session) {
        session.onPublishing();
      }
    });
  }

  pause(): void {
    this.told.push('pause');
    this.session = undefined;
  }

  stop(): void {
    this.told.push('stop');
    this.session = undefined;
  }

  nodeOf(): undefined {
    return undefined;
  }
}
