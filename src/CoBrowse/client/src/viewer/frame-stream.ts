import { Inflate } from 'fflate';
import { limits } from '../../../Sanitizing/rules.json';
import type { FramePiece } from './messages';

/** So little goes in at once that what it may inflate to (deflate's utmost is 1:1032) is a few megabytes before the bound is looked at again. */
const SLICE_BYTES = 4096;

export type FrameTaken =
  | { readonly kind: 'frame'; readonly seq: number; readonly keyframe: boolean; readonly events: unknown }
  /** More pieces are needed. */
  | { readonly kind: 'nothing' }
  /** Sent again: whoever sent it does not know that it is here. */
  | { readonly kind: 'seen' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'unreadable' };

const NOTHING: FrameTaken = { kind: 'nothing' };
const SEEN: FrameTaken = { kind: 'seen' };
const GAP: FrameTaken = { kind: 'gap' };
const UNREADABLE: FrameTaken = { kind: 'unreadable' };

/** Puts pieces of frames together and inflates them, each keyframe with an empty window and what follows with its predecessors' (`docs/cobrowse-frames.md`). */
export class FrameStream {
  #seq = 0;
  #keyframe = 0;
  #isLost = true;
  #inflating: BoundedInflate | undefined;
  #pieces: Uint8Array[] = [];
  #size = 0;

  take(piece: FramePiece): FrameTaken {
    if (piece.seq <= this.#seq) {
      return SEEN;
    }

    if (piece.keyframe && piece.part === 0) {
      this.#isLost = false;
      this.#keyframe = piece.seq;
      this.#inflating = new BoundedInflate();
      this.#drop();
    } else if (this.#isLost) {
      return GAP;
    } else if ((!piece.keyframe && piece.seq !== this.#seq + 1) || piece.part !== this.#pieces.length) {
      return this.#lose(GAP);
    }

    this.#pieces.push(piece.data);
    this.#size += piece.data.length;
    if (piece.parts > limits.parts || this.#size > (piece.keyframe ? limits.keyframeBytes : limits.incrementBytes)) {
      return this.#lose(UNREADABLE);
    }

    return piece.part + 1 === piece.parts ? this.#inflate(piece) : NOTHING;
  }

  /** Only a keyframe is of use now, also the last one once more. */
  forget(): void {
    this.#lose(NOTHING);
  }

  #inflate({ seq, keyframe }: FramePiece): FrameTaken {
    try {
      const bound = keyframe ? limits.keyframeInflatedBytes : limits.incrementInflatedBytes;
      const text = this.#inflating?.read(this.#pieces, bound);
      const events: unknown = JSON.parse(text ?? '');
      this.#drop();
      this.#seq = seq;
      return { kind: 'frame', seq, keyframe, events };
    } catch {
      return this.#lose(UNREADABLE);
    }
  }

  #lose(taken: FrameTaken): FrameTaken {
    this.#isLost = true;
    this.#seq = Math.max(0, this.#keyframe - 1);
    this.#inflating = undefined;
    this.#drop();
    return taken;
  }

  #drop(): void {
    this.#pieces = [];
    this.#size = 0;
  }
}

class BoundedInflate {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #consumed = 0;
  #produced = 0;
  readonly #inflate = new Inflate((chunk) => {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#produced += chunk.length;
  });

  /** @throws RangeError when there is more than the bound, TypeError when it is no UTF-8, or fflate's error. */
  read(pieces: readonly Uint8Array[], bound: number): string {
    this.#chunks = [];
    this.#size = 0;
    for (const piece of pieces) {
      for (let from = 0; from < piece.length; from += SLICE_BYTES) {
        // A copy: fflate keeps what it could not read yet.
        const slice = piece.slice(from, from + SLICE_BYTES);
        this.#inflate.push(slice);
        this.#consumed += slice.length;
        if (this.#size > bound || this.#produced > limits.ratioFreeBytes + limits.ratio * this.#consumed) {
          throw new RangeError('more than a frame holds');
        }
      }
    }

    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return this.#chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  }
}
