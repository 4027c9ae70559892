// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { holdSession } from '../../src/session/session-hold';

/** Locks of one browser, as far as they are asked for here. */
function fakeLocks() {
  const held = new Set<string>();
  return {
    request: ((name: string, _: LockOptions, use: (lock: Lock | null) => Promise<void> | undefined) => {
      if (held.has(name)) {
        return Promise.resolve(use(null));
      }
      held.add(name);
      return Promise.resolve(use({ name, mode: 'exclusive' })).then(() => held.delete(name));
    }) as unknown as LockManager['request'],
  };
}

const atOnce = () => Promise.resolve();

test('a second tab with a copy of the session gets nothing while the first has it', async () => {
  const locks = fakeLocks();
  expect(await holdSession('s1', locks, atOnce)).toBeTypeOf('function');
  expect(await holdSession('s1', locks, atOnce)).toBeUndefined();
  expect(await holdSession('s2', locks, atOnce)).toBeTypeOf('function');
});

test('the next page gets it although the page before gives it back late', async () => {
  const locks = fakeLocks();
  const release = await holdSession('s1', locks, atOnce);
  let waits = 0;
  const letGoOnThird = async () => {
    waits += 1;
    if (waits === 3) {
      release?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  expect(await holdSession('s1', locks, letGoOnThird)).toBeTypeOf('function');
});

test('has waited for five seconds before it says no, which the page forgets the session for', async () => {
  const locks = fakeLocks();
  await holdSession('s1', locks, atOnce);
  let waited = 0;
  await holdSession('s1', locks, (milliseconds) => {
    waited += milliseconds;
    return Promise.resolve();
  });
  expect(waited).toBeGreaterThanOrEqual(5_000);
});

test('a browser without locks, or one that refuses them here, relies on the server', async () => {
  expect(await holdSession('s1', undefined, atOnce)).toBeTypeOf('function');
  const refuse = () => Promise.reject(new DOMException('', 'SecurityError'));
  expect(await holdSession('s1', { request: refuse }, atOnce)).toBeTypeOf('function');
});
