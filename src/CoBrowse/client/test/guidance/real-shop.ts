import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type BrowserContext, type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ShopPage } from './shop-page';

const POLICY = "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

declare global {
  interface Window {
    shop: ShopPage;
  }
}

/** A page of a shop in Chromium, with `shop-page.ts` in it; a new one for each test, in which nothing may go wrong. */
export class RealShop {
  page!: Page;
  private readonly html: string;
  private readonly css: string;
  private readonly troubles: string[] = [];

  constructor(html: string, css: string) {
    this.html = html;
    this.css = css;
    let browser: Browser;
    let context: BrowserContext;
    let server: Awaited<ReturnType<RealShop['serve']>>;
    beforeAll(async () => {
      server = await this.serve();
      browser = await chromium.launch({
        executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
      });
      context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    });
    afterAll(async () => {
      await browser.close();
      server.close();
    });
    beforeEach(async () => {
      this.page = await context.newPage();
      this.page.on('pageerror', (error) => this.troubles.push(error.message));
      this.page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) {
          this.troubles.push(message.text());
        }
      });
      await this.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });
    afterEach(async () => {
      await this.page.close();
      expect(this.troubles.splice(0)).toEqual([]);
    });
  }

  private async serve() {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('shop-page.ts', import.meta.url))],
      bundle: true,
      format: 'iife',
      loader: { '.css': 'text' },
      write: false,
    });
    const files: Record<string, [type: string, content: string]> = {
      '/': ['text/html', this.html],
      '/shop.css': ['text/css', this.css],
      '/shop.js': ['text/javascript', outputFiles[0]?.text ?? ''],
    };
    const server = createServer((request, response) => {
      const [type, content] = files[request.url ?? ''] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Asks, and waits until "yes" counts. */
  async ask(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      window.shop.set({ question: { kind: 'page', proposalId: 'p', url: to, path: to, isAtOnce: false } });
    }, path);
    await this.page.waitForFunction(() => window.shop.part('.question .primary').ariaDisabled === 'false');
  }

  async click(part: string): Promise<void> {
    const { x, y } = await this.page.evaluate((selector) => {
      const { left, top, width, height } = window.shop.part(selector).getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, part);
    await this.page.mouse.click(x, y);
  }

  answers(): Promise<boolean[]> {
    return this.page.evaluate(() => window.shop.answers);
  }

  /** The accessibility rules that are broken, on the page and in our own shadow tree. */
  async axe(): Promise<string> {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Not by a script element, which the page's policy refuses.
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document.documentElement, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map((each) => each.id + ' ' + each.nodes[0].target).join())`,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value as string;
  }
}
