import { constants, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FrameDeflate } from '../../src/recorder/frames/frame-deflate';
import { frameJson } from '../../src/recorder/frames/frame-json';
import { cutFrame } from '../../src/recorder/frames/frame-pieces';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import { added, keyframe, mutation, scroll } from './events';

function pack(stream: FrameDeflate, events: readonly SafeEvent[], isKeyframe = false): Uint8Array | undefined {
  const steps = stream.pack(events, isKeyframe);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value ?? undefined;
    }
  }
}

/** All that the frames hold so far, by the platform's own inflate. */
function inflated(frames: readonly (Uint8Array | undefined)[]): string {
  const all = Buffer.concat(frames.map((frame) => frame ?? expect.fail('Too much.')));
  return inflateRawSync(all, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
}

describe('frameJson', () => {
  it.each([
    [keyframe(1)],
    [keyframe(2_000)],
    [[...keyframe(3), scroll(1, 5)]],
    [[scroll(1, 5), mutation({ texts: [{ id: 11, value: '"•"' }] })]],
  ])('writes what JSON.stringify would', (events) => {
    expect([...frameJson(events)].join('')).toBe(JSON.stringify(events));
  });

  it('writes a large page in many parts', () => {
    const parts = [...frameJson(keyframe(5_000))];
    expect(parts.length).toBeGreaterThan(30);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(20_000);
  });
});

describe('FrameDeflate', () => {
  it('goes on with the window of the frames before, each to whole bytes', () => {
    const stream = new FrameDeflate();
    const frames = [pack(stream, keyframe(3), true)];
    let content = JSON.stringify(keyframe(3));
    for (let index = 0; index < 300; index++) {
      const events = [scroll(1, index), mutation({ texts: [{ id: 11, value: `${index * 7919} times` }] })];
      frames.push(pack(stream, events));
      content += JSON.stringify(events);
    }
    expect(inflated(frames)).toBe(content);
    for (const frame of frames) {
      expect([...(frame?.slice(-4) ?? [])]).toEqual([0, 0, 0xff, 0xff]);
    }
    const again = pack(stream, [scroll(1, 299)]);
    expect(again?.length).toBeLessThan(40);
  });

  it.each([1, 7, 100, 2_000, 12_000])('packs a page of %d paragraphs, and what follows it', (paragraphs) => {
    const stream = new FrameDeflate();
    const frames = [pack(stream, keyframe(paragraphs), true)];
    const events = Array.from({ length: 50 }, (_, index) => added(100_000 + index, index * 37));
    frames.push(pack(stream, events));
    expect(inflated(frames)).toBe(JSON.stringify(keyframe(paragraphs)) + JSON.stringify(events));
  });

  it('begins anew with a keyframe', () => {
    const stream = new FrameDeflate();
    pack(stream, keyframe(50), true);
    pack(stream, [scroll(1, 1)]);
    const second = [pack(stream, keyframe(2), true), pack(stream, [scroll(1, 2)])];
    expect(inflated(second)).toBe(JSON.stringify(keyframe(2)) + JSON.stringify([scroll(1, 2)]));
  });

  it('has nothing to go on from before the first keyframe', () => {
    expect(pack(new FrameDeflate(), [scroll(1, 1)])).toBeUndefined();
  });

  it('gives up what is more than a frame may be', () => {
    const stream = new FrameDeflate();
    pack(stream, keyframe(), true);
    const text = Array.from({ length: 16_000 }, (_, index) => String.fromCharCode(33 + (index % 90))).join('');
    const events = Array.from({ length: 300 }, (_, index) =>
      mutation({ texts: [{ id: index, value: `${index}${text}` }] }),
    );
    expect(pack(stream, events)).toBeUndefined();
  });

  it('gives up what a server would take for a bomb', () => {
    const stream = new FrameDeflate();
    pack(stream, keyframe(), true);
    const events = Array.from({ length: 200 }, () => added(9, 16_000));
    expect(pack(stream, events)).toBeUndefined();
  });
});

describe('cutFrame', () => {
  it('cuts what is too much for one call', () => {
    const data = Uint8Array.from({ length: 40_000 }, (_, index) => index * 31);
    const pieces = cutFrame(7, true, data);
    expect(pieces.map(({ data: piece, ...rest }) => ({ ...rest, length: atob(piece).length }))).toEqual([
      { seq: 7, keyframe: true, part: 0, parts: 3, length: 16_384 },
      { seq: 7, keyframe: true, part: 1, parts: 3, length: 16_384 },
      { seq: 7, keyframe: true, part: 2, parts: 3, length: 7_232 },
    ]);
    expect(Buffer.concat(pieces.map((piece) => Buffer.from(piece.data, 'base64')))).toEqual(Buffer.from(data));
  });
});
