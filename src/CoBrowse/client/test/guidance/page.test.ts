import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { RealShop } from './real-shop';

const HTML = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="stylesheet" href="/shop.css"><main><h1>Shop</h1><label>Postcode <input id="postcode"></label>
<div id="inner"><p></p><button id="buy">Buy</button><p></p></div><p id="end">The end</p></main>
<script src="/shop.js"></script></html>`;
const CSS =
  'main { min-block-size: 3000px } #inner { block-size: 200px; overflow: auto } #inner p { block-size: 400px }';

/** Where the ring has to be: this far around the element. */
const AROUND = 4;

describe('what the agent shows, in Chromium', () => {
  const shop = new RealShop(HTML, CSS);
  let page: Page;
  beforeEach(() => {
    page = shop.page;
  });

  const frames = () =>
    page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
  /** How far the ring is from where it has to be. */
  const ringError = async (selector: string) => {
    await frames();
    return page.evaluate(
      ({ selector, around }) => {
        const ring = window.shop.part('.ring').getBoundingClientRect();
        const box = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        return Math.max(
          Math.abs(ring.left - box.left + around),
          Math.abs(ring.top - box.top + around),
          Math.abs(ring.width - box.width - 2 * around),
        );
      },
      { selector, around: AROUND },
    );
  };
  test('the ring holds on to its element, wherever that goes', async () => {
    await page.evaluate(() => {
      window.shop.overlay.highlight({ sessionId: 's', nodeId: window.shop.idOf('#buy') });
    });
    expect(await ringError('#buy')).toBeLessThan(1);
    await page.evaluate(() => document.querySelector('#inner')?.scrollBy(0, 350));
    expect(await ringError('#buy')).toBeLessThan(1);
    await page.evaluate(() => {
      scrollBy(0, 60);
    });
    expect(await ringError('#buy')).toBeLessThan(1);
    await page.evaluate(() => document.querySelector('main')?.prepend(document.createElement('hr')));
    expect(await ringError('#buy')).toBeLessThan(1);
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    expect(await ringError('#buy')).toBeLessThan(1);
    await page.evaluate(() => document.querySelector('#buy')?.remove());
    await frames();
    expect(await page.evaluate(() => window.shop.part('.ring').hidden)).toBe(true);
  });

  test('what is under it is clicked as if it were not there', async () => {
    const { x, y } = await page.evaluate(() => {
      const { left, top } = document.querySelector('#postcode')?.getBoundingClientRect() ?? new DOMRect();
      window.shop.overlay.highlight({ sessionId: 's', nodeId: window.shop.idOf('#postcode') });
      window.shop.overlay.point({ sessionId: 's', x: left + 5, y: top + 5 });
      window.shop.overlay.draw({ sessionId: 's', points: [left, top, left + 50, top + 10] });
      return { x: left + 6, y: top + 6 };
    });
    await frames();
    await page.mouse.click(x, y);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('postcode');
  });

  test('a person answers, a script does not', async () => {
    await shop.ask('/returns');
    await page.evaluate(() => {
      window.shop.part('.question .primary').click();
      window.shop.part('.question .secondary').click();
    });
    expect(await shop.answers()).toEqual([]);
    await shop.click('.question .secondary');
    expect(await shop.answers()).toEqual([false]);
  });

  test('is answered by keyboard, and Esc still ends the session', async () => {
    await shop.ask('/returns');
    await page.focus('#buy');
    for (
      let i = 0;
      i < 5 && !(await page.evaluate(() => window.shop.part('.question .primary').matches(':focus')));
      i++
    ) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    expect(await shop.answers()).toEqual([true]);
    const question = { kind: 'page', proposalId: 'q', url: '/help', path: '/help', isAtOnce: true } as const;
    await page.evaluate((next) => {
      document.querySelector<HTMLElement>('#postcode')?.focus();
      window.shop.set({ question: next });
    }, question);
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => window.shop.isHeld)).toBe(true);
    await page.focus('#postcode');
    await page.waitForFunction(() => !window.shop.isHeld);
    await page.keyboard.press('F6');
    await page.keyboard.press('Enter');
    expect(await shop.answers()).toEqual([true, false]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => window.shop.ends)).toHaveLength(1);
  });

  test('the page hears of nothing that no person did', async () => {
    await page.focus('#postcode');
    await page.evaluate(() => {
      const { shop } = window;
      shop.listen();
      const nodeId = shop.idOf('#buy');
      shop.overlay.point({ sessionId: 's', nodeId, x: 0.5, y: 0.5 });
      shop.overlay.highlight({ sessionId: 's', nodeId });
      shop.overlay.draw({ sessionId: 's', points: [1, 1, 50, 50] });
      shop.overlay.scrollTo({ sessionId: 's', nodeId, x: 0.5, y: 0.5 });
    });
    await page.waitForFunction(() => (document.querySelector('#inner')?.scrollTop ?? 0) > 0);
    await page.evaluate(() => {
      window.shop.overlay.scrollTo({ sessionId: 's', x: 10, y: 2_000 });
    });
    await page.waitForFunction(() => scrollY > 1_000);
    await frames();
    expect(await page.evaluate(() => window.shop.heard)).toEqual(['scroll']);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('postcode');
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('passes the accessibility rules at %i px, %s', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 780 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => {
      window.shop.overlay.highlight({ sessionId: 's', nodeId: window.shop.idOf('#postcode') });
    });
    await shop.ask('/returns');
    expect(await shop.axe()).toBe('');
  });

  test('leaves header and chat button of a phone free', async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    await shop.ask('/service/orders-and-delivery/returning-a-product-within-thirty-days');
    const { top, right, bottom } = await page.evaluate(
      () => window.shop.part('.banner').getBoundingClientRect().toJSON() as DOMRect,
    );
    expect(top).toBeGreaterThan(400);
    expect(bottom).toBeLessThan(780);
    // The chat's button: 60 px wide, 20 px from the edge.
    expect(right).toBeLessThan(390 - 80);
  });
});
