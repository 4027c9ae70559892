// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Activity, watchActivity } from '../../src/session/activity';

/** An event that a browser made, or a script. */
function happen(name: string, isTrusted: boolean): void {
  const event = new Event(name, { bubbles: true });
  const heard = Object.create(event, { isTrusted: { value: isTrusted } }) as Event;
  for (const listener of listeners.get(name) ?? []) {
    listener(heard);
  }
}

const listeners = new Map<string, ((event: Event) => void)[]>();
let activity: Activity;

beforeEach(() => {
  listeners.clear();
  vi.spyOn(window, 'addEventListener').mockImplementation((name: string, listener: unknown, options: unknown) => {
    const { signal } = options as { signal: AbortSignal };
    const own = listener as (event: Event) => void;
    listeners.set(name, [...(listeners.get(name) ?? []), own]);
    signal.addEventListener('abort', () => listeners.delete(name));
  });
  activity = watchActivity();
});

afterEach(() => {
  activity.stop();
  vi.restoreAllMocks();
});

test('a page that was just opened was opened by somebody', () => {
  expect(activity.take()).toBe(true);
  expect(activity.take()).toBe(false);
});

test.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'])('%s is a sign, once', (name) => {
  activity.take();
  happen(name, true);
  expect(activity.take()).toBe(true);
  expect(activity.take()).toBe(false);
});

test('what a script makes is none', () => {
  activity.take();
  happen('keydown', false);
  expect(activity.take()).toBe(false);
});

test('scrolling is none: browsers trust it also when a script scrolls', () => {
  activity.take();
  happen('scroll', true);
  expect(activity.take()).toBe(false);
});

test('listens no more once it was stopped', () => {
  activity.take();
  activity.stop();
  happen('keydown', true);
  expect(activity.take()).toBe(false);
});
