import { Deflate } from 'fflate';
import type { SafeEvent } from '../sanitizing/events';
import { limits } from '../sanitizing/rules';
import { frameJson } from './frame-json';

/** As fast as level 4, and a fifth smaller; what 9 gains is not worth a customer's time. */
const LEVEL = 6;
/** 192 kB of tables instead of fflate's 2 MB, which would be cleared for each keyframe. */
const MEMORY = 4;

/**
 * What fflate keeps from call to call, of version 0.8.2: a last byte that is not full, and in the lowest three bits how much of it is. Its own
 * flush to whole bytes came later, and writes streams that nobody can read (0.8.3).
 */
interface Unfinished {
  readonly s: { r: number };
}

/**
 * The stream that frames are compressed in, as `docs/cobrowse-frames.md` has it: begun anew by each keyframe, flushed to whole bytes by each
 * frame. A frame that was begun must be finished, or the next one has to be a keyframe.
 */
export class FrameDeflate {
  readonly #encoder = new TextEncoder();
  #deflate: Deflate | undefined;
  #chunks: Uint8Array[] = [];
  #compressed = 0;
  #inflated = 0;

  /**
   * Compresses a frame in steps of some milliseconds, between which the page may go on. Undefined when it is more than a frame may be.
   */
  *pack(events: readonly SafeEvent[], keyframe: boolean): Generator<void, Uint8Array | undefined> {
    if (keyframe) {
      this.#begin();
    }
    const deflate = this.#deflate;
    if (!deflate) {
      return undefined;
    }
    this.#chunks = [];
    const most = keyframe ? limits.keyframeInflatedBytes : limits.incrementInflatedBytes;
    let inflated = 0;
    for (const text of frameJson(events)) {
      const bytes = this.#encoder.encode(text);
      inflated += bytes.length;
      if (inflated > most) {
        return undefined;
      }
      deflate.push(bytes);
      yield;
    }
    this.#flush(deflate);
    return this.#fit(joined(this.#chunks), inflated, keyframe);
  }

  #begin(): void {
    this.#compressed = 0;
    this.#inflated = 0;
    this.#deflate = new Deflate({ level: LEVEL, mem: MEMORY }, (chunk) => {
      this.#chunks.push(chunk);
    });
  }

  /** To whole bytes, by an empty block that is stored as it is: three bits of zero, zeros up to the next byte, and its length twice. */
  #flush(deflate: Deflate): void {
    deflate.flush();
    const { s: state } = deflate as unknown as Unfinished;
    const header = (state.r & 7) + 3 > 8 ? 2 : 1;
    const block = new Uint8Array(header + 4);
    block[0] = state.r >> 3;
    block.fill(0xff, header + 2);
    state.r = 0;
    this.#chunks.push(block);
  }

  #fit(data: Uint8Array, inflated: number, keyframe: boolean): Uint8Array | undefined {
    this.#compressed += data.length;
    this.#inflated += inflated;
    const isSmallEnough = data.length <= (keyframe ? limits.keyframeBytes : limits.incrementBytes);
    // No page is known that compresses so well, but one that did would be taken for a bomb.
    const isLikely = this.#inflated <= limits.ratioFreeBytes + limits.ratio * this.#compressed;
    return isSmallEnough && isLikely ? data : undefined;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
