import { CallError, DISCONNECTED } from '@copilot/contracts';
import { describe, expect, test } from 'vitest';
import { ReadMark } from '../src/conversation/ReadMark';
import { settle } from './fixtures';

function setUp() {
  const waiting: { seq: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  const marked: number[] = [];
  const mark = new ReadMark(
    (seq) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ seq, resolve, reject });
      }),
    (seq) => marked.push(seq),
    () => Promise.resolve(),
  );
  return { mark, waiting, marked, asked: () => waiting.map((call) => call.seq) };
}

describe('ReadMark', () => {
  test('marks many messages with few calls', async () => {
    const { mark, waiting, marked, asked } = setUp();
    for (let seq = 1; seq <= 50; seq++) {
      mark.reach(seq);
    }
    waiting[0]?.resolve();
    await settle();
    waiting[1]?.resolve();
    await settle();
    expect(asked()).toEqual([1, 50]);
    expect(marked).toEqual([1, 50]);
  });

  test('tries again when it went too fast', async () => {
    const { mark, waiting, marked, asked } = setUp();
    mark.reach(7);
    waiting[0]?.reject(new CallError({ code: 'rate_limited', text: '', retryAfterMs: 100 }));
    await settle();
    waiting[1]?.resolve();
    await settle();
    expect(asked()).toEqual([7, 7]);
    expect(marked).toEqual([7]);
  });

  test('waits for the next connection after a lost one', async () => {
    const { mark, waiting, asked } = setUp();
    mark.reach(7);
    waiting[0]?.reject(new CallError({ code: DISCONNECTED, text: '' }));
    await settle();
    expect(asked()).toEqual([7]);
    mark.reach(7);
    expect(asked()).toEqual([7, 7]);
  });

  test('says nothing that the server knows', () => {
    const { mark, asked } = setUp();
    mark.confirmed(9);
    mark.reach(9);
    expect(asked()).toEqual([]);
  });
});
