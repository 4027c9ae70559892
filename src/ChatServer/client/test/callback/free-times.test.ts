import { describe, expect, test } from 'vitest';
import { FreeTimes } from '../../src/callback/free-times';

const answer = (times: readonly string[], nextFrom?: string) => ({ queue: 'orders', slotMinutes: 15, times, nextFrom });

describe('free times', () => {
  test('go on where one answer ends', async () => {
    const asked: (string | undefined)[] = [];
    const times = new FreeTimes({
      site: 'demo',
      onChange: () => undefined,
      api: {
        callbackTimes: (_site, _topic, from) => {
          asked.push(from);
          return Promise.resolve(
            from === undefined ? answer(['2026-11-23T10:00:00Z'], '2026-11-24T10:00:00Z') : answer([from]),
          );
        },
      },
    });
    await times.load('orders');
    expect(times.hasMore).toBe(true);
    await times.loadMore('orders');
    await times.loadMore('orders');
    expect(asked).toEqual([undefined, '2026-11-24T10:00:00Z']);
    expect(times.times.map((each) => each.toISOString())).toEqual([
      '2026-11-23T10:00:00.000Z',
      '2026-11-24T10:00:00.000Z',
    ]);
  });

  test('an answer that comes after a later one is not shown', async () => {
    const waiting: ((times: readonly string[]) => void)[] = [];
    const times = new FreeTimes({
      site: 'demo',
      onChange: () => undefined,
      api: {
        callbackTimes: () =>
          new Promise((resolve) => {
            waiting.push((found) => {
              resolve(answer(found));
            });
          }),
      },
    });
    const [first, second] = [times.load('orders'), times.load('orders')];
    waiting[1]?.(['2026-11-23T10:00:00Z']);
    await second;
    waiting[0]?.([]);
    await first;
    expect(times).toMatchObject({ state: 'ready', times: [new Date('2026-11-23T10:00:00Z')] });
  });

  test('what could not be read can be tried again', async () => {
    let isUp = false;
    const times = new FreeTimes({
      site: 'demo',
      onChange: () => undefined,
      api: { callbackTimes: () => (isUp ? Promise.resolve(answer([])) : Promise.reject(new Error('down'))) },
    });
    await times.load('orders');
    expect(times.state).toBe('failed');
    isUp = true;
    await times.load('orders');
    expect(times.state).toBe('ready');
  });
});
