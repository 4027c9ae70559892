import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from '../src/notices/Announcer';
import { en } from '../src/locales/en';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('an announcement goes when it is old, and takes no newer one with it', () => {
  const announcer = new Announcer();
  announcer.interrupt(() => 'first');
  vi.advanceTimersByTime(6_000);
  announcer.interrupt(() => 'second');
  vi.advanceTimersByTime(6_000);
  expect(announcer.assertive.get()?.say(en)).toBe('second');
  vi.advanceTimersByTime(6_000);
  expect(announcer.assertive.get()).toBeUndefined();
});
