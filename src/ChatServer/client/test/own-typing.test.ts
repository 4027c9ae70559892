import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OwnTyping } from '../src/conversation/own-typing';

let told: boolean[];
let typing: OwnTyping;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  typing = new OwnTyping((isTyping) => told.push(isTyping));
});

afterEach(() => {
  vi.useRealTimers();
});

test('tells at most once in three seconds', () => {
  for (let second = 0; second < 6; second += 0.5) {
    typing.changed('abc');
    vi.advanceTimersByTime(500);
  }
  expect(told).toEqual([true, true]);
});

test('tells when the customer stops or clears the box', () => {
  typing.changed('abc');
  vi.advanceTimersByTime(4_000);
  typing.changed('abcd');
  typing.changed('  ');
  expect(told).toEqual([true, false, true, false]);
});

test('a sent message is word enough', () => {
  typing.changed('abc');
  typing.sent();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([true]);
});
