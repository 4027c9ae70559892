// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BannerGuard } from '../../src/banner/banner-guard';

describe("the banner's guard", () => {
  let isShown: boolean;
  let canRestore: boolean;
  let done: string[];
  let guard: BannerGuard;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    isShown = true;
    canRestore = true;
    done = [];
    guard = new BannerGuard({
      isShown: () => isShown,
      restore: () => {
        done.push('restore');
        isShown = canRestore;
      },
      onLost: () => done.push('lost'),
    });
  });

  afterEach(() => {
    guard.stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('leaves a banner alone that can be seen', () => {
    vi.advanceTimersByTime(10_000);
    expect(done).toEqual([]);
  });

  test('brings it back', () => {
    isShown = false;
    vi.advanceTimersByTime(10_000);
    expect(done).toEqual(['restore']);
  });

  test('gives up after a second, once', () => {
    isShown = false;
    canRestore = false;
    vi.advanceTimersByTime(1_000);
    expect(done).not.toContain('lost');
    vi.advanceTimersByTime(5_000);
    expect(done.filter((each) => each === 'lost')).toHaveLength(1);
    expect(done.at(-1)).toBe('lost');
  });

  test('does not hang in a duel with a page that takes it away each time', async () => {
    canRestore = false;
    isShown = false;
    for (let i = 0; i < 50; i++) {
      document.documentElement.setAttribute('data-x', String(i));
      await Promise.resolve();
    }
    expect(done).toEqual(['restore']);
  });

  test('knows nothing of a page in the background', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    isShown = false;
    vi.advanceTimersByTime(10_000);
    expect(done).toEqual([]);
  });
});
