import type { CapturePort, CaptureSession } from '../session/capture';
import { CaptureRun } from './capture-run';
import { recordPage } from './record-page';

/** Records the page that it runs in. What a session shares of it is a `CaptureRun` from each start to the next pause. */
export class PageCapture implements CapturePort {
  readonly #record: typeof recordPage;
  #run: CaptureRun | undefined;
  /** Of the next frame: numbers rise as long as the session goes on. */
  #nextSeq = 0;

  constructor(record: typeof recordPage = recordPage) {
    this.#record = record;
  }

  prepare(): void {
    // It is here.
  }

  start(session: CaptureSession): void {
    this.#nextSeq = Math.max(this.#nextSeq, session.nextSeq);
    this.#run = new CaptureRun(session, this.#record, () => this.#nextSeq++);
    this.#run.begin();
  }

  pause(): void {
    this.#run?.stop();
    this.#run = undefined;
  }

  stop(): void {
    this.pause();
    this.#nextSeq = 0;
  }

  nodeOf(id: number): Element | undefined {
    return this.#run?.nodeOf(id);
  }
}
