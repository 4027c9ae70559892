import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShopPage } from './shop-page';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const POLICY = "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const HTML = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="stylesheet" href="/shop.css"><main><h1>Shop</h1><label>Postcode <input id="postcode"></label>
<div id="inner"><p></p><button id="buy">Buy</button><p></p></div><dialog id="dialog"><button>Modal</button></dialog><p id="end">The end</p></main>
<script src="/shop.js"></script></html>`;
const CSS =
  'main { min-block-size: 3000px } #inner { block-size: 200px; overflow: auto } #inner p { block-size: 400px }';

declare global {
  interface Window {
    shop: ShopPage;
  }
}

/** Where the ring has to be: this far around the element. */
const AROUND = 4;

describe('what the agent shows, in Chromium', { timeout: 60_000 }, () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let url: string;
  const troubles: string[] = [];

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
  /** Asks, and waits until "yes" counts. */
  const ask = async (path: string) => {
    await page.evaluate((to) => {
      window.shop.ask({ kind: 'page', proposalId: 'p', url: to, path: to, isAtOnce: false });
    }, path);
    await page.waitForFunction(() => window.shop.part('.question .primary').ariaDisabled === 'false');
  };
  const place = (part: string) =>
    page.evaluate((selector) => {
      const { left, top, width, height } = window.shop.part(selector).getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, part);
  const click = async (part: string) => {
    const { x, y } = await place(part);
    await page.mouse.click(x, y);
  };
  const answers = () => page.evaluate(() => window.shop.answers);

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [here('shop-page.ts')],
      bundle: true,
      format: 'iife',
      loader: { '.css': 'text' },
      write: false,
    });
    const files: Record<string, [type: string, content: string]> = {
      '/': ['text/html', HTML],
      '/shop.css': ['text/css', CSS],
      '/shop.js': ['text/javascript', outputFiles[0]?.text ?? ''],
    };
    server = createServer((request, response) => {
      const [type, content] = files[request.url ?? ''] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({
      executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) {
        troubles.push(message.text());
      }
    });
    await page.goto(url);
  });

  afterEach(async () => {
    await page.close();
    expect(troubles.splice(0)).toEqual([]);
  });

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

  test('is over a modal dialog of the page, and the banner over it', async () => {
    await page.evaluate(() => {
      document.querySelector<HTMLDialogElement>('#dialog')?.showModal();
    });
    await expect
      .poll(() =>
        page.evaluate(() => {
          const { overlay, host } = window.shop;
          return host.parentElement?.id === 'dialog' && overlay.element.matches(':popover-open');
        }),
      )
      .toBe(true);
    await ask('/returns');
    await click('.question .primary');
    expect(await answers()).toEqual([true]);
    expect(await page.evaluate(() => window.shop.ends)).toEqual([]);
  });

  test('a person answers, a script does not', async () => {
    await ask('/returns');
    await page.evaluate(() => {
      window.shop.part('.question .primary').click();
      window.shop.part('.question .secondary').click();
    });
    expect(await answers()).toEqual([]);
    await click('.question .secondary');
    expect(await answers()).toEqual([false]);
  });

  test('is answered by keyboard, and Esc still ends the session', async () => {
    await ask('/returns');
    await page.focus('#buy');
    for (
      let i = 0;
      i < 5 && !(await page.evaluate(() => window.shop.part('.question .primary').matches(':focus')));
      i++
    ) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    expect(await answers()).toEqual([true]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => window.shop.ends)).toHaveLength(1);
  });

  test('the page hears of nothing that no person did', async () => {
    await page.focus('#postcode');
    await page.evaluate(async () => {
      const { shop } = window;
      shop.listen();
      const nodeId = shop.idOf('#buy');
      shop.overlay.point({ sessionId: 's', nodeId, x: 0.5, y: 0.5 });
      shop.overlay.highlight({ sessionId: 's', nodeId });
      shop.overlay.draw({ sessionId: 's', points: [1, 1, 50, 50] });
      shop.overlay.scrollTo({ sessionId: 's', nodeId, x: 0.5, y: 0.5 });
      await new Promise((done) => setTimeout(done, 200));
      shop.overlay.scrollTo({ sessionId: 's', x: 10, y: 2_000 });
      await new Promise((done) => setTimeout(done, 200));
    });
    expect(await page.evaluate(() => window.shop.heard)).toEqual(['scroll']);
    expect(await page.evaluate(() => [document.activeElement?.id, scrollY > 1_000])).toEqual(['postcode', true]);
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
    await ask('/returns');
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Not by a script element, which the page's policy refuses.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document.documentElement, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes[0].target).join())`,
      awaitPromise: true,
      returnByValue: true,
    });
    expect(result.value).toBe('');
  });

  test('leaves header and chat button of a phone free', async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    await ask('/service/orders-and-delivery/returning-a-product-within-thirty-days');
    const { top, right, bottom } = await page.evaluate(
      () => window.shop.part('.banner').getBoundingClientRect().toJSON() as DOMRect,
    );
    expect(top).toBeGreaterThan(400);
    expect(bottom).toBeLessThan(780);
    // The chat's button: 60 px wide, 20 px from the edge.
    expect(right).toBeLessThan(390 - 80);
  });
});
