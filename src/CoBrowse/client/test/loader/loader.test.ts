// @vitest-environment jsdom
import type { PageSettings } from '@copilot/shop-page';
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
  let mounted: (readonly HTMLElement[])[];
  let failures: number;

  const begin = () =>
    loadWhereNeeded(SETTINGS, 'client/co-pilot-x.js', (url) => {
      loaded.push(url);
      failures -= 1;
      return failures >= 0
        ? Promise.reject(new Error('no network'))
        : Promise.resolve({ mount: (_, places) => mounted.push(places) });
    });

  beforeEach(() => {
    loaded = [];
    mounted = [];
    failures = 0;
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
    expect(mounted).toEqual([[]]);
  });

  test('fills the place for the code', async () => {
    const place = document.createElement('div');
    place.dataset['copilotCode'] = '';
    document.body.append(place);
    await begin();
    expect(mounted).toEqual([[place]]);
  });

  test('never begins in a frame', async () => {
    sessionStorage.setItem(keptName('demo'), '{}');
    vi.spyOn(window, 'top', 'get').mockReturnValue({} as Window & typeof globalThis);
    await begin();
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
