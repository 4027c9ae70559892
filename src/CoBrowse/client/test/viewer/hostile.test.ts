import { afterEach, describe, expect, it } from 'vitest';
import { hostilePages } from './hostile';
import { ViewerWorld, type ViewerOptions } from './viewer-world';

const SETTLE = 1_500;

describe('hostile pages sent straight to the viewer', { timeout: 120_000 }, () => {
  let world: ViewerWorld | undefined;

  afterEach(async () => {
    await world?.close();
  });

  it.each([
    ['with all layers', { guard: true, policy: true }],
    ['without the look at each event', { guard: false, policy: true }],
    ['without the policy', { guard: true, policy: false }],
  ] as const)('run nothing and ask for nothing %s', async (_, options) => {
    world = await feed(options);
    expect(world.scriptRuns).toEqual([]);
    expect(world.foreignRequests).toEqual([]);
    expect(world.foreignFrames).toEqual([]);
  });

  it('would be seen by this test', async () => {
    world = await feed({ guard: false, policy: false });
    expect(world.foreignRequests.length).toBeGreaterThan(20);
    expect(world.scriptRuns).toEqual([]); // The sandbox alone.
  });
});

async function feed(options: ViewerOptions): Promise<ViewerWorld> {
  const world = await ViewerWorld.open(options);
  const pages = hostilePages(world.foreign);
  expect(pages.length).toBeGreaterThanOrEqual(80);
  await world.say({ type: 'open', version: 1 });
  await world.say({ type: 'state', state: 'live' });
  let seq = 0;
  for (const { page, then } of pages) {
    await world.say({ type: 'events', seq: ++seq, keyframe: true, events: page });
    await world.say({ type: 'events', seq: ++seq, keyframe: false, events: then });
    if (seq % 20 === 0) {
      await world.page.mouse.click(500, 350);
    }
  }

  await world.hears('ready');
  await world.page.keyboard.press('Enter');
  // Beacons may take their time.
  await world.page.waitForTimeout(SETTLE);
  expect(world.page.url()).toBe(`${world.console}/`);
  return world;
}
