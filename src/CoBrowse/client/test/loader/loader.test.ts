// @vitest-environment jsdom
import { canJoinHere, joinHere, type PageSettings } from '@copilot/shop-page';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { loadWhereNeeded } from '../../src/loader/loader';
import { keptName } from '../../src/session/kept-name';

const SETTINGS: PageSettings = {
  server: 'https://chat.example/',
  site: 'demo',
  locale: 'nl-NL',
  identityToken: () => Promise.resolve(undefined),
};

describe('the loader', () => {
  let loaded: string[];
  let mounted: number;
  let filled: (readonly HTMLElement[])[];
  let failures: number;
  const join = vi.fn<(code: string) => Promise<void>>(() => Promise.resolve());

  const begin = (site = SETTINGS.site) =>
    loadWhereNeeded({ ...SETTINGS, site }, 'client/co-pilot-x.js', (url) => {
      loaded.push(url);
      failures -= 1;
      return failures >= 0
        ? Promise.reject(new Error('no network'))
        : Promise.resolve({
            mount: () => {
              mounted += 1;
              return { join, fill: (places) => filled.push(places) };
            },
          });
    });

  beforeEach(() => {
    loaded = [];
    mounted = 0;
    filled = [];
    failures = 0;
    join.mockClear();
    sessionStorage.clear();
    document.body.replaceChildren();
  });

  test('loads nothing where nobody uses it', async () => {
    sessionStorage.setItem(keptName('another'), '{}');
    await begin();
    expect(loaded).toEqual([]);
  });

  test('goes on with a session of the page before', async () => {
    sessionStorage.setItem(keptName('demo'), '{}');
    await begin();
    expect(loaded).toEqual(['https://chat.example/client/co-pilot-x.js']);
    expect(mounted).toBe(1);
  });

  test('fills the place for the code', async () => {
    const place = document.createElement('div');
    place.dataset['copilotCode'] = '';
    document.body.append(place);
    await begin();
    expect(filled).toEqual([[place]]);
  });

  describe('fills a place that the shop makes later', () => {
    const make = () => {
      const place = document.createElement('div');
      place.dataset['copilotCode'] = '';
      document.body.append(place);
      return place;
    };

    test('when its script says so', async () => {
      await begin();
      const first = make();
      window.dispatchEvent(new Event('copilot-place'));
      await expect.poll(() => filled.at(-1)).toEqual([first]);
      const second = make();
      window.dispatchEvent(new Event('copilot-place'));
      await expect.poll(() => filled.at(-1)).toEqual([first, second]);
    });

    test('after a page that was not loaded', async () => {
      const navigation = new EventTarget();
      vi.stubGlobal('navigation', navigation);
      await begin();
      vi.unstubAllGlobals();
      navigation.dispatchEvent(new Event('currententrychange'));
      const place = make();
      await expect.poll(() => filled).toEqual([[place]]);
      expect(mounted).toBe(1);
    });
  });

  test('takes a code from the chat, and loads for it', async () => {
    expect(canJoinHere('shop-1')).toBe(false);
    await expect(joinHere('shop-1', 'K7P-4WXYZ')).rejects.toThrow();
    await begin('shop-1');
    expect(loaded).toEqual([]);
    expect(canJoinHere('shop-1')).toBe(true);
    expect(canJoinHere('another')).toBe(false);
    expect(loaded).toEqual([]);
    await joinHere('shop-1', 'K7P-4WXYZ');
    expect(join).toHaveBeenCalledExactlyOnceWith('K7P-4WXYZ');
    await joinHere('shop-1', 'ABC-DEFGH');
    expect(mounted).toBe(1);
  });

  test('tells the chat when it could not be loaded, and tries again the next time', async () => {
    await begin('shop-2');
    failures = 2;
    await expect(joinHere('shop-2', 'K7P-4WXYZ')).rejects.toThrow('no network');
    await joinHere('shop-2', 'K7P-4WXYZ');
    expect(join).toHaveBeenCalledOnce();
  });

  test('never begins in a frame', async () => {
    sessionStorage.setItem(keptName('framed'), '{}');
    vi.spyOn(window, 'top', 'get').mockReturnValue({} as Window & typeof globalThis);
    await begin('framed');
    expect(canJoinHere('framed')).toBe(false);
    vi.restoreAllMocks();
    expect(loaded).toEqual([]);
  });

  test('tries once more under another address, and then says so where the code would be typed', async () => {
    const place = document.createElement('div');
    place.dataset['copilotCode'] = '';
    document.body.append(place);
    failures = 2;
    await begin();
    expect(loaded[1]).toBe('https://chat.example/client/co-pilot-x.js?1');
    expect(place.textContent).toBe('Co-Pilot kon niet worden geladen. Laad de pagina opnieuw.');
  });
});
