import { constants, deflateRawSync } from 'node:zlib';
import type { ToViewer } from '../../src/viewer/messages';

/** A frame of one piece. None needs what came before it, which a stream may always do. */
export function packed(
  seq: number,
  keyframe: boolean,
  events: readonly unknown[],
): Extract<ToViewer, { type: 'frames' }> {
  const data = new Uint8Array(deflateRawSync(JSON.stringify(events), { finishFlush: constants.Z_SYNC_FLUSH }));
  return { type: 'frames', frames: [{ seq, keyframe, part: 0, parts: 1, data }] };
}
