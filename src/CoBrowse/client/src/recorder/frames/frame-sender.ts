import { type Frame, type HubError, Limits, parseHubError, type PublishFramesResult } from '@copilot/contracts';

export interface SenderOptions {
  readonly publish: (frames: readonly Frame[]) => Promise<PublishFramesResult>;
  /** Asked before each call. */
  readonly maySend: () => boolean;
  readonly onTaken: () => void;
  /** There is room for another frame. */
  readonly onRoom: () => void;
  /** A call was not taken: what was sent since, and what waited, is of no use. */
  readonly onRefused: (error: HubError) => void;
}

/** Sends pieces of frames one behind the other, of which at most `Limits.frameCalls` are unanswered: a slow line makes the page wait, not the server. */
export class FrameSender {
  readonly #options: SenderOptions;
  #waiting: Frame[] = [];
  #unanswered = 0;
  /** What was sent before the last `clear` concerns nobody any more, but for the room that it takes. */
  #round = 0;
  #isStopped = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#unanswered < Limits.frameCalls;
  }

  send(pieces: readonly Frame[]): void {
    this.#waiting.push(...pieces);
    this.#pump();
  }

  /** Nothing that waits is sent. */
  clear(): void {
    this.#waiting = [];
    this.#round += 1;
  }

  stop(): void {
    this.#isStopped = true;
    this.clear();
  }

  #pump(): void {
    while (this.#unanswered < Limits.frameCalls && !this.#isStopped && this.#options.maySend()) {
      const piece = this.#waiting.shift();
      if (!piece) {
        return;
      }
      void this.#call(piece);
    }
  }

  async #call(piece: Frame): Promise<void> {
    const round = this.#round;
    let refusal: HubError | undefined;
    this.#unanswered += 1;
    try {
      await this.#options.publish([piece]);
    } catch (error) {
      refusal = parseHubError(error);
    }
    this.#unanswered -= 1;
    if (this.#isStopped) {
      return;
    }
    if (!refusal) {
      this.#options.onTaken();
    } else if (round === this.#round) {
      this.#options.onRefused(refusal);
    }
    this.#pump();
    if (this.hasRoom) {
      this.#options.onRoom();
    }
  }
}
