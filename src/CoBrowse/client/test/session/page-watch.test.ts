// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PageWatch, watchPage } from '../../src/session/page-watch';

let watch: PageWatch;
let seen: string[];

function begin(): void {
  seen = [];
  watch = watchPage(() => seen.push(watch.current.url.slice(location.origin.length)));
}

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, '', '/');
  document.title = 'A';
});

afterEach(() => {
  watch.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('where the browser tells of every address', () => {
  let navigation: EventTarget;

  beforeEach(() => {
    navigation = new EventTarget();
    vi.stubGlobal('navigation', navigation);
    begin();
  });

  test.each([
    [
      'a page that a script opens',
      () => {
        history.pushState(null, '', '/checkout');
      },
    ],
    [
      'an address that a script replaces, as one that redirects does',
      () => {
        history.replaceState(null, '', '/checkout');
      },
    ],
  ])('tells of %s at once', (_, go) => {
    go();
    navigation.dispatchEvent(new Event('currententrychange'));
    expect(seen).toEqual(['/checkout']);
  });

  test('says nothing when the entry changes and the page does not', () => {
    history.replaceState({ scrolled: 1 }, '');
    navigation.dispatchEvent(new Event('currententrychange'));
    expect(seen).toEqual([]);
  });

  test('does not look at the address all the time', () => {
    expect(vi.getTimerCount()).toBe(0);
  });

  test('hears nothing once it was stopped', () => {
    watch.stop();
    history.pushState(null, '', '/checkout');
    navigation.dispatchEvent(new Event('currententrychange'));
    expect(seen).toEqual([]);
  });
});

describe('where it does not', () => {
  beforeEach(() => {
    vi.stubGlobal('navigation', undefined);
    begin();
  });

  test('sees within 100 ms where a script went, and each of two redirects that it had the time for', async () => {
    history.pushState(null, '', '/old');
    await vi.advanceTimersByTimeAsync(100);
    history.replaceState(null, '', '/checkout');
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toEqual(['/old', '/checkout']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen).toHaveLength(2);
  });

  test('looks no more once it was stopped', async () => {
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
    history.pushState(null, '', '/checkout');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen).toEqual([]);
  });
});

describe('in every browser', () => {
  beforeEach(begin);

  test.each(['popstate', 'hashchange'])('tells of an address at once by %s', (name) => {
    history.replaceState(null, '', '/app#/checkout');
    window.dispatchEvent(new Event(name));
    expect(seen).toEqual(['/app#/checkout']);
  });

  test('tells of a title and a size when they have settled', async () => {
    vi.stubGlobal('navigation', new EventTarget());
    watch.stop();
    begin();
    document.title = 'B';
    await vi.advanceTimersByTimeAsync(200);
    document.title = 'C';
    window.dispatchEvent(new Event('resize'));
    await vi.advanceTimersByTimeAsync(249);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toHaveLength(1);
    expect(watch.current.title).toBe('C');
    vi.stubGlobal('innerWidth', 390);
    window.dispatchEvent(new Event('resize'));
    await vi.advanceTimersByTimeAsync(250);
    expect(seen).toHaveLength(2);
    expect(watch.current.width).toBe(390);
  });
});
