import { describe, expect, test } from 'vitest';
import { ServerClock } from '../src/clock/ServerClock';

describe('ServerClock', () => {
  test('is the local clock while nothing is known', () => {
    expect(new ServerClock(() => 5_000).now()).toBe(5_000);
  });

  test('takes the middle of what an answer proves', () => {
    const clock = new ServerClock(() => 1_200);
    clock.observe(61_100, 1_000);
    expect(clock.difference).toBe(60_000);
  });

  test('gets better with every answer, and no worse by a slow one', () => {
    let now = 2_000;
    const clock = new ServerClock(() => now);
    clock.observe(11_000, 0, 1_000);
    now = 3_020;
    clock.observe(13_010, 3_000);
    now = 9_000;
    clock.observe(14_000, 4_000);
    // Between 9,990 and 10,010 by the second answer; at most 10,000 by the third.
    expect(clock.difference).toBe(9_995);
  });

  test('believes the newest answer after a clock was set', () => {
    let now = 1_000;
    const clock = new ServerClock(() => now);
    clock.observe(1_000, 1_000);
    now = 500_000;
    clock.observe(2_000, 500_000);
    expect(clock.now()).toBe(2_000);
  });

  test('ignores an answer without a time', () => {
    const clock = new ServerClock(() => 1_000);
    clock.observe(Number.NaN, 900);
    expect(clock.difference).toBe(0);
  });
});
