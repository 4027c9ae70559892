import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToViewer } from '../../src/viewer/messages';
import { hostilePages } from './hostile';
import { packed } from './packed';
import { ViewerWorld, type ViewerOptions } from './viewer-world';

const PAGES_AT_ONCE = 10;

describe('hostile pages sent straight to the viewer', { timeout: 120_000 }, () => {
  let first: ViewerWorld;

  beforeAll(async () => {
    first = await ViewerWorld.open();
  }, 60_000);

  afterAll(async () => {
    await first.close();
  });

  it.each([
    ['with all layers', { guard: true, policy: true }],
    ['without the look at each event', { guard: false, policy: true }],
    ['without the policy', { guard: true, policy: false }],
  ] as const)('run nothing and ask for nothing %s', async (_, options) => {
    const world = await fed(options);
    expect(world.scriptRuns).toEqual([]);
    expect(world.foreignRequests).toEqual([]);
    expect(world.foreignFrames).toEqual([]);
  });

  it('would be seen by this test', async () => {
    const world = await fed({ guard: false, policy: false });
    expect(world.foreignRequests.length).toBeGreaterThan(20);
    expect(world.scriptRuns).toEqual([]); // The sandbox alone.
  });

  /** Closed again; it keeps what was seen. */
  async function fed(options: ViewerOptions): Promise<ViewerWorld> {
    const world = await ViewerWorld.open({ ...options, browser: first.browser });
    try {
      await feed(world);
    } finally {
      await world.close();
    }

    return world;
  }
});

async function feed(world: ViewerWorld): Promise<void> {
  const pages = hostilePages(world.foreign);
  expect(pages.length).toBeGreaterThan(140);
  await world.say({ type: 'open', version: 1 }, { type: 'state', state: 'live' });
  for (let from = 0; from < pages.length; from += PAGES_AT_ONCE) {
    const messages = pages
      .slice(from, from + PAGES_AT_ONCE)
      .flatMap(({ page, then }, index): ToViewer[] => [
        packed((from + index) * 2 + 1, true, page),
        packed((from + index) * 2 + 2, false, then),
      ]);
    await world.say(...messages);
    await world.page.mouse.click(500, 350);
  }

  await world.hears('shown', pages.length * 2);
  await world.page.keyboard.press('Enter');
  await world.allAsked();
  expect(world.page.url()).toBe(`${world.console}/`);
}
