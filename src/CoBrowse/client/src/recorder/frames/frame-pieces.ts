import { type Frame, Limits } from '@copilot/contracts';

/** Cuts a frame's bytes into what goes in one call each. */
export function cutFrame(seq: number, keyframe: boolean, data: Uint8Array): Frame[] {
  const parts = Math.ceil(data.length / Limits.frameBytes);
  return Array.from({ length: parts }, (_, part) => ({
    seq,
    keyframe,
    part,
    parts,
    data: base64(data.subarray(part * Limits.frameBytes, (part + 1) * Limits.frameBytes)),
  }));
}

function base64(bytes: Uint8Array): string {
  // A piece has no more bytes than a call can have arguments in any browser.
  return btoa(String.fromCharCode(...bytes));
}
