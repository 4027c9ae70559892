import { constants, deflateRawSync, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FrameStream } from '../../src/viewer/frame-stream';
import type { FramePiece } from '../../src/viewer/messages';

/** As the customer's browser does: one stream from a keyframe on, flushed after each frame. */
class Packer {
  #deflate: DeflateRaw = createDeflateRaw();
  #seq = 0;

  async pack(content: string, keyframe = false, pieces = 1): Promise<FramePiece[]> {
    if (keyframe) {
      this.#deflate = createDeflateRaw();
    }

    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer): void => {
      chunks.push(chunk);
    };
    this.#deflate.on('data', collect);
    this.#deflate.write(content);
    await new Promise<void>((resolve) => {
      this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    this.#deflate.off('data', collect);
    const data = Buffer.concat(chunks);
    const size = Math.ceil(data.length / pieces);
    const seq = ++this.#seq;
    return Array.from({ length: pieces }, (_, part) => ({
      seq,
      keyframe,
      part,
      parts: pieces,
      data: new Uint8Array(data.subarray(part * size, (part + 1) * size)),
    }));
  }
}

const takeAll = (stream: FrameStream, pieces: FramePiece[]): unknown =>
  pieces.map((piece) => stream.take(piece)).at(-1);

describe('FrameStream', () => {
  it('goes on with the window of the frames before', async () => {
    const [packer, stream] = [new Packer(), new FrameStream()];
    const words = JSON.stringify(['Ünïcode • and some words'.repeat(40)]);
    expect(takeAll(stream, await packer.pack(words, true))).toEqual({
      kind: 'frame',
      seq: 1,
      keyframe: true,
      events: JSON.parse(words) as unknown,
    });
    const again = await packer.pack(words);
    expect(again[0]?.data.length).toBeLessThan(40);
    expect(takeAll(stream, again)).toEqual({
      kind: 'frame',
      seq: 2,
      keyframe: false,
      events: JSON.parse(words) as unknown,
    });
  });

  it('puts pieces together, wherever they were cut', async () => {
    const [packer, stream] = [new Packer(), new FrameStream()];
    const many = JSON.stringify(Array.from({ length: 3000 }, (_, index) => `é${index * 7919}`));
    const pieces = await packer.pack(many, true, 7);
    expect(pieces.slice(0, 6).map((piece) => stream.take(piece).kind)).toEqual(Array(6).fill('nothing'));
    expect(stream.take(pieces[6] as FramePiece)).toMatchObject({ kind: 'frame', events: JSON.parse(many) as unknown });
  });

  it('ignores what it saw, and after a gap everything up to a keyframe', async () => {
    const [packer, stream] = [new Packer(), new FrameStream()];
    const first = await packer.pack('[1]', true);
    takeAll(stream, first);
    expect(takeAll(stream, first)).toEqual({ kind: 'seen' });
    await packer.pack('[2]');
    expect(takeAll(stream, await packer.pack('[3]'))).toEqual({ kind: 'gap' });
    expect(takeAll(stream, await packer.pack('[4]'))).toEqual({ kind: 'gap' });
    expect(takeAll(stream, await packer.pack('[5]', true))).toMatchObject({ kind: 'frame', seq: 5 });
  });

  it('takes the last keyframe again once it has lost its page', async () => {
    const [packer, stream] = [new Packer(), new FrameStream()];
    const before = await packer.pack('[1]', true);
    const [keyframe, then] = [await packer.pack('[2]', true), await packer.pack('[3]')];
    takeAll(stream, [...before, ...keyframe, ...then]);
    stream.forget();
    expect(takeAll(stream, before)).toEqual({ kind: 'seen' });
    expect(takeAll(stream, then)).toEqual({ kind: 'gap' });
    expect(takeAll(stream, keyframe)).toMatchObject({ kind: 'frame', seq: 2 });
    expect(takeAll(stream, then)).toMatchObject({ kind: 'frame', seq: 3 });
  });

  it('takes a keyframe for a frame of which a piece is missing', async () => {
    const [packer, stream] = [new Packer(), new FrameStream()];
    const [, second] = await packer.pack('["some words, some words"]', true, 2);
    expect(stream.take(second as FramePiece)).toEqual({ kind: 'gap' });
    expect(takeAll(stream, await packer.pack('[2]', true))).toMatchObject({ kind: 'frame', seq: 2 });
  });

  it.each([
    ['more than a frame holds', 'a'.repeat(20_000_000)],
    ['more than its bytes may become', 'a'.repeat(5_000_000)],
    ['no JSON', 'no'],
  ])('refuses %s', (_, content) => {
    const data = new Uint8Array(deflateRawSync(content, { finishFlush: constants.Z_SYNC_FLUSH }));
    expect(new FrameStream().take({ seq: 1, keyframe: true, part: 0, parts: 1, data })).toEqual({ kind: 'unreadable' });
  });

  it('refuses what is no stream', () => {
    const data = new Uint8Array([0xff, 0xff, 0xff]);
    expect(new FrameStream().take({ seq: 1, keyframe: true, part: 0, parts: 1, data })).toEqual({ kind: 'unreadable' });
  });
});
