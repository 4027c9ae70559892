import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Limits } from '@copilot/contracts';
import type { Place } from '../../src/viewer/messages';
import { packed } from './packed';
import { type Recorder, recordShop } from './recorded-shop';
import { ViewerWorld } from './viewer-world';

const PICTURES = fileURLToPath(new URL('../../../../../artifacts/screenshots/', import.meta.url));
/** Not by animation frames, which a test takes away. */
const POLLING = { polling: 50 };

describe('the viewer in Chromium', { timeout: 90_000 }, () => {
  let world: ViewerWorld;
  let shop: Page;
  let seq = 0;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    world = await ViewerWorld.open();
    shop = await world.newPage();
    await recordShop(shop);
    await world.say({ type: 'open', version: 1, scheme: 'light' });
    await world.hears('ready');
    await world.say({ type: 'page', path: '/help' });
  }, 90_000);

  afterAll(async () => {
    await world.close();
  });

  it('shows the page, its masks and its boxes, in the size of the viewport', async () => {
    await picture('viewer-1-waiting');
    await world.say({ type: 'state', state: 'live' });
    await showPage();
    const page = replayed();
    expect(await page.locator('h2').first().textContent()).toBe('Watering can');
    expect(await page.locator('form').textContent()).not.toContain('Ada');
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1000, 700]);
    expect(await page.evaluate(() => [...(CSS.highlights.get('copilot-masked') ?? [])].length)).toBeGreaterThan(2);
    expect(await page.locator('x-img').evaluate((box) => box.getBoundingClientRect().width)).toBe(220);
    expect(await page.locator('x-img').evaluate((box) => getComputedStyle(box, '::before').content)).toBe('"Image"');
    expect(await page.locator('input').evaluate((field) => getComputedStyle(field).backgroundImage)).toContain(
      'gradient',
    );
    await world.say({ type: 'pointer', x: 300, y: 260, scrollX: 0, scrollY: 0 });
    await picture('viewer-2-desktop');
  });

  it('applies what changes, also where no animation frame ever comes', async () => {
    // A tab in the background gets none; the page inside is of the same origin and gets none either.
    await viewer().evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    await shop.evaluate(() => {
      document.querySelector('h1')?.append(', open today');
      window.scrollTo(0, 400);
    });
    await shop.waitForFunction(() =>
      (window as unknown as Recorder).events.some(({ data }) => (data as { source?: number }).source === 3),
    );
    await sendRest();
    expect(await replayed().locator('h1').textContent()).toBe('Garden shop, open today');
    expect(await replayed().evaluate(() => scrollY)).toBe(400);
  });

  it('takes a new page in the place of the old one', async () => {
    await shop.setViewportSize({ width: 390, height: 844 });
    await shop.evaluate(() => {
      window.scrollTo(0, 0);
    });
    await showPage();
    expect(await replayed().evaluate(() => [innerWidth, innerHeight])).toEqual([390, 844]);
    expect(world.page.frames().length).toBe(3);
    await picture('viewer-3-phone');
    await shop.setViewportSize({ width: 1000, height: 700 });
    await showPage();
  });

  it('tells where an agent points, by mouse and by keyboard', async () => {
    await world.say({ type: 'tool', tool: 'highlight' });
    const device = await viewer().locator('.device').boundingBox();
    const scale = (device?.width ?? 0) / 1000;
    const button = await replayed()
      .locator('button')
      .evaluate((found) => {
        const { x, y } = found.getBoundingClientRect();
        return { x: x + 5, y: y + 5 };
      });
    await world.page.mouse.click((device?.x ?? 0) + button.x * scale, (device?.y ?? 0) + button.y * scale);
    await world.hears('highlighted');
    await picture('viewer-4-highlight');
    await viewer().locator('.surface').focus();
    await world.page.keyboard.press('p');
    await world.page.keyboard.press('ArrowRight');
    await world.page.keyboard.press('Enter');
    await world.page.keyboard.press('s');
    await world.page.keyboard.press('Enter');
    await world.hears('scrollWanted');
    const heard = await world.heard();
    expect(heard.filter(({ type }) => type === 'toolChosen')).toMatchObject([{ tool: 'point' }, { tool: 'scroll' }]);
    const pointed = heard.filter(({ type, ...at }) => type === 'pointed' && 'x' in at) as unknown as Required<Place>[];
    const place = pointed.at(-1) as Required<Place>;
    const found = await shop.evaluate((id) => (window as unknown as Recorder).boxOf(id), place.nodeId);
    expect(found.x + place.x * found.width).toBeCloseTo(516, 0);
    expect(found.y + place.y * found.height).toBeCloseTo(350, 0);
    expect(heard.at(heard.findIndex(({ type }) => type === 'scrollWanted') - 1)).toMatchObject({ type: 'toolChosen' });
    expect(heard.every(({ origin }) => origin === new URL(world.viewer).origin)).toBe(true);
    const highlighted = heard.find(({ type }) => type === 'highlighted') as { nodeId: number } | undefined;
    expect(await shop.evaluate(() => (window as unknown as Recorder).idOf('#buy'))).toBe(highlighted?.nodeId);
  });

  it('takes its mark off when a new page has other nodes', async () => {
    const mark = viewer().locator('.mark');
    await world.say({ type: 'tool', tool: 'highlight' });
    await viewer().locator('.surface').hover();
    await expect.poll(() => mark.isVisible()).toBe(true);
    await showPage();
    expect(await mark.isVisible()).toBe(false);
  });

  it('looks at another part of the page than the customer, until they scroll', async () => {
    const place = (): Promise<number> => replayed().evaluate(() => scrollY);
    const isSaid = (): Promise<boolean> => viewer().locator('.elsewhere').isVisible();
    const before = await place();
    await viewer().locator('.surface').hover();
    await world.page.mouse.wheel(0, 200);
    await expect.poll(place).toBeGreaterThan(before);
    expect(await isSaid()).toBe(true);
    await viewer().locator('.surface').press('Home');
    expect([await place(), await isSaid()]).toEqual([before, false]);
    await viewer().locator('.surface').press('PageDown');
    expect(await place()).toBeGreaterThan(before);
    await scrollShop(30);
    await expect.poll(place).toBe(30);
    expect(await isSaid()).toBe(false);
    await scrollShop(before);
    await expect.poll(place).toBe(before);
  });

  it('takes back what it showed, and draws lines in places of the page', async () => {
    await viewer().locator('.surface').focus();
    await world.page.keyboard.press('Escape');
    await world.page.waitForFunction(() =>
      (window as unknown as { heard: { type: string; nodeId?: number }[] }).heard.some(
        ({ type, nodeId }) => type === 'highlighted' && nodeId === undefined,
      ),
    );
    await shop.evaluate(() => {
      window.scrollTo(0, 100);
    });
    await shop.waitForFunction(() =>
      (window as unknown as Recorder).events.some(({ data }) => (data as { source?: number }).source === 3),
    );
    await sendRest();
    await world.page.keyboard.press('d');
    const device = await viewer().locator('.device').boundingBox();
    const scale = (device?.width ?? 0) / 1000;
    const [left, top] = [device?.x ?? 0, device?.y ?? 0];
    await world.page.mouse.move(left + 100 * scale, top + 100 * scale);
    await world.page.mouse.down();
    // More places than one call may hold, in one go: by the mouse itself each is a trip to the browser.
    await viewer().evaluate(
      ([x, y, scale]) => {
        for (let step = 1; step < 400; step++) {
          const at = { clientX: x + (100 + step / 2) * scale, clientY: y + (100 + (step % 2) * 50) * scale };
          document.querySelector('.surface')?.dispatchEvent(new PointerEvent('pointermove', at));
        }
      },
      [left, top, scale] as const,
    );
    await world.page.mouse.move(left + 300 * scale, top + 200 * scale);
    await picture('viewer-4-line');
    await world.page.mouse.up();
    await world.hears('drawn');
    const drawn = (await world.heard()).find(({ type }) => type === 'drawn') as unknown as { points: number[] };
    expect(drawn.points.length).toBe(Limits.drawnPoints);
    expect(drawn.points.slice(0, 2)).toEqual([100, 200]);
    expect(Math.hypot((drawn.points.at(-2) ?? 0) - 300, (drawn.points.at(-1) ?? 0) - 300)).toBeLessThan(4);
    await viewer().locator('.surface').focus();
    await world.page.keyboard.press('Escape');
    await shop.evaluate(() => {
      window.scrollTo(0, 0);
    });
  });

  it('shows the page as it is in light, whatever colours the agent has', async () => {
    const dark = await ViewerWorld.open({ dark: true });
    try {
      await dark.say({ type: 'open', version: 1, scheme: 'dark' });
      await dark.hears('ready');
      await dark.say({ type: 'state', state: 'live' });
      const events = await shop.evaluate(() => {
        const recorder = window as unknown as Recorder;
        recorder.events.length = 0;
        recorder.snapshot();
        return recorder.events.splice(0);
      });
      await dark.say(packed(1, true, events));
      await dark.hears('shown', 1);
      const [around] = dark.page.frames().filter((frame) => frame.url().startsWith(dark.viewer));
      const isDark = (frame?: Frame) => frame?.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
      expect(await isDark(dark.page.mainFrame())).toBe(true);
      expect(await isDark(around?.childFrames()[0])).toBe(false);
      const stage = () => around?.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const before = await stage();
      await dark.say({ type: 'scheme', scheme: 'light' });
      await expect.poll(stage).not.toBe(before);
      expect(await isDark(around?.childFrames()[0])).toBe(false);
    } finally {
      await dark.close();
    }
  });

  it('leaves the focus to the console, whatever dialog the page opens, in a page or later', async () => {
    await world.page.evaluate(() => {
      const field = document.createElement('input');
      document.body.prepend(field);
      field.focus();
    });
    const focused = (): Promise<string | undefined> => world.page.evaluate(() => document.activeElement?.localName);
    const opens = (how: 'show' | 'showModal'): Promise<void> =>
      shop.evaluate((how) => {
        document.querySelector('dialog')?.remove();
        const dialog = document.body.appendChild(document.createElement('dialog'));
        dialog.append(document.createElement('button'), document.createElement('input'));
        dialog[how]();
      }, how);
    const isOpen = (): Promise<boolean> =>
      replayed()
        .locator('dialog')
        .evaluate((dialog) => dialog.matches(':modal') && !(dialog as HTMLDialogElement).inert);
    await opens('showModal');
    await showPage();
    expect([await isOpen(), await focused()]).toEqual([true, 'input']);
    await opens('show');
    await sendRest();
    await opens('showModal');
    await sendRest();
    await expect.poll(isOpen).toBe(true);
    expect(await focused()).toBe('input');
    await shop.evaluate(() => document.querySelector('dialog')?.remove());
    await world.page.evaluate(() => document.querySelector('input')?.remove());
  });

  it('is framed by nobody else', async () => {
    const stranger = await world.newPage(world.foreign);
    expect(stranger.frames().some((frame) => frame.url().startsWith(world.viewer))).toBe(false);
    await stranger.close();
  });

  it('hears nobody else', async () => {
    await viewer().evaluate(() => {
      // From itself, and so not from the console.
      window.postMessage({ type: 'state', state: 'ended' }, '*');
    });
    await world.page.evaluate(() => {
      // A frame of another origin inside the console cannot speak for it.
      const frame = document.createElement('iframe');
      frame.sandbox.add('allow-scripts');
      frame.srcdoc = `<script>parent.frames[0].postMessage({type:'state',state:'ended'},'*');parent.postMessage('said','*')</script>`;
      return new Promise<void>((resolve) => {
        window.addEventListener('message', ({ data }) => {
          if (data === 'said') {
            frame.remove();
            resolve();
          }
        });
        document.body.append(frame);
      });
    });
    await world.say({ type: 'page', path: '/heard' });
    await viewer().waitForFunction(
      () => document.querySelector<HTMLElement>('.page')?.title.endsWith('/heard'),
      undefined,
      POLLING,
    );
    expect(await viewer().evaluate(() => document.body.dataset.state)).toBe('live');
  });

  it('does not answer a page of another origin, even where that could frame it', async () => {
    const other = await ViewerWorld.open({ policy: false, browser: world.browser });
    try {
      const stranger = await other.newPage(other.foreign);
      await other.sayOn(stranger, { type: 'open', version: 1 });
      await other.say({ type: 'open', version: 1 });
      await other.hears('ready');
      expect(await other.heard(stranger)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('talks to its own version only', async () => {
    const page = await world.newPage();
    await world.sayOn(page, { type: 'open', version: 2 }, { type: 'state', state: 'ended' });
    await page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 0);
    expect(await world.heard(page)).toMatchObject([{ type: 'refused', version: 1 }]);
    await page.close();
  });

  it.each(['paused', 'private', 'away', 'ended'] as const)('shows %s', async (state) => {
    await world.say({ type: 'state', state: 'live' });
    await showPage();
    await world.say({ type: 'state', state });
    await viewer().waitForFunction((wanted) => document.body.dataset.state === wanted, state, POLLING);
    expect(world.page.frames().some((frame) => frame.parentFrame() === viewer())).toBe(state === 'away');
    if (state === 'private') {
      await viewer().evaluate(() => (document.documentElement.dataset.scheme = 'dark'));
    }

    await picture(`viewer-5-${state}`);
  });

  const viewer = (): Frame => world.page.frames().find((frame) => frame.url().startsWith(world.viewer)) as Frame;
  const replayed = (): Frame => viewer().childFrames()[0] as Frame;

  async function showPage(): Promise<void> {
    const events = await shop.evaluate(() => {
      const recorder = window as unknown as Recorder;
      recorder.events.length = 0;
      recorder.snapshot();
      return recorder.events.splice(0);
    });
    await world.say(packed(++seq, true, events));
    await world.hears('shown', seq);
  }

  async function scrollShop(to: number): Promise<void> {
    await shop.evaluate((y) => {
      window.scrollTo(0, y);
    }, to);
    await shop.waitForFunction(() =>
      (window as unknown as Recorder).events.some(({ data }) => (data as { source?: number }).source === 3),
    );
    await sendRest();
  }

  async function sendRest(): Promise<void> {
    const events = await shop.evaluate(() => (window as unknown as Recorder).events.splice(0));
    await world.say(packed(++seq, false, events));
    await world.hears('shown', seq);
  }

  async function picture(name: string): Promise<void> {
    await world.page.screenshot({ path: `${PICTURES}${name}.png` });
  }
});
