import type { SafeEvent } from '../sanitizing/events';
import { FrameDeflate } from './frame-deflate';

/** Of compressing at a time; no task that anybody feels. */
const SLICE_MS = 8;

/** Compresses one frame at a time. Small ones are there at once; a large one lets the page go on in between. */
export class FramePacker {
  readonly #deflate = new FrameDeflate();
  #steps: Generator<void, Uint8Array | undefined> | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;

  get isBusy(): boolean {
    return this.#steps !== undefined;
  }

  /** @param done Hears the frame, or nothing when it is more than a frame may be. */
  pack(events: readonly SafeEvent[], keyframe: boolean, done: (data: Uint8Array | undefined) => void): void {
    const steps = this.#deflate.pack(events, keyframe);
    this.#steps = steps;
    const goOn = (): void => {
      const until = performance.now() + SLICE_MS;
      let step = steps.next();
      while (step.done !== true && performance.now() < until) {
        step = steps.next();
      }
      if (step.done === true) {
        this.#steps = undefined;
        done(step.value);
      } else {
        this.#next = setTimeout(goOn);
      }
    };
    goOn();
  }

  /** Nothing comes of what is being compressed; the next frame has to be a keyframe. */
  drop(): void {
    clearTimeout(this.#next);
    this.#steps = undefined;
  }
}
