import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorderParts } from '../../recorder-parts.mjs';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { KeptNames } from '../sanitizing/names';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types page";
const FILES: Record<string, [type: string, content: string]> = {
  '/': ['text/html', readFileSync(here('page/index.html'), 'utf8')],
  '/page.css': ['text/css', readFileSync(here('page/page.css'), 'utf8')],
  '/page.js': ['text/javascript', readFileSync(here('page/page.js'), 'utf8')],
  '/frame.html': ['text/html', '<p>ZQ199SECRET</p>'],
};
/** Values that are words of their own in the page, and typed ones. */
const WORDS = [
  ...[
    'vorbulen',
    'tambolic',
    'wendolap',
    'gelbrim',
    'marnolive',
    'krellobin',
    'lumbratic',
    'dorvaleen',
    'fandriole',
    'quistanore',
  ],
  ...['velmoriste', 'hamblotine', 'typedword', '0.4217', '0.8135', '1961-03-17', '#1a2b3c'],
  ...['1234 5678', '12345678', '4111', '1111', 'NL91', 'ABNA', '0417', 'mail.example'],
];

describe('the canary page in Chromium', { timeout: 60_000 }, () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let events: SafeEvent[];
  let wire: string;
  const troubles: string[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: "export { recordPage } from '../../src/recorder/record-page'",
        resolveDir: here('.'),
        loader: 'ts',
      },
      bundle: true,
      format: 'iife',
      globalName: 'copilot',
      write: false,
      plugins: [recorderParts],
    });
    FILES['/recorder.js'] = ['text/javascript', outputFiles[0]?.text ?? ''];
    server = createServer((request, response) => {
      const [type, content] = FILES[(request.url ?? '').split('?')[0] ?? ''] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({
      executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?ZQ190SECRET#ZQ191SECRET`);
    ({ events, wire } = await record(page));
    if (process.env.COPILOT_WRITE_VECTORS) {
      // What the server's half must accept: see Vectors/recorded.json.
      writeFileSync(
        here('../../../Vectors/recorded.json'),
        `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`,
      );
    }
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('plants what it looks for', () => {
    const planted = new Set([FILES['/'], FILES['/page.css'], FILES['/page.js']].join('').match(/ZQ\d{3}SECRET/g));
    expect(planted.size).toBeGreaterThan(250);
  });

  it('tells nothing of what is not shown', () => {
    const told = wire.toLowerCase();
    expect([...told.matchAll(/.{40}zq\d{3}.{0,40}/g)].map(([found]) => found)).toEqual([]);
    expect(WORDS.filter((word) => told.includes(word.toLowerCase()))).toEqual([]);
  });

  it('tells what is shown', () => {
    for (const shown of [
      'SHOWNTITLE',
      'SHOWNTEXT of the shop',
      'SHOWNHINT',
      'SHOWNLINK',
      'SELECTEDTEXT',
      'SHOWNLATER',
      'SHOWNMOVED',
      'SHOWNEDITABLE',
    ]) {
      expect(wire).toContain(shown);
    }
  });

  it('hides again what is hidden again', async () => {
    const now = await page.evaluate(() => (window as unknown as TestWindow).snapshot());
    expect(JSON.stringify(now)).not.toMatch(/SHOWNLATER|SHOWNLINK|SELECTEDTEXT|SHOWNEDITABLE|ZQ\d{3}/i);
  });

  it('has no event that the server would not know', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set([4, 2, 3]));
    expect(new Set(events.flatMap(({ type, data }) => (type === 3 ? data.source : [])))).toEqual(
      new Set([0, 3, 8, 13, 15]),
    );
    expect(wire).not.toMatch(/javascript:|https?:|data:|url\(/);
  });

  it('tells what the same rules let through unchanged', () => {
    const check = new PageSanitizer(unknownPage, new KeptNames(new HashedNames()));
    for (const event of events) {
      expect(check.sanitize(event)).toEqual(event);
    }
  });

  it('shows where something is that is not shown itself', () => {
    expect(wire).toMatch(/"tagName":"x-img","attributes":\{[^}]*"data-copilot-box":"image"[^}]*"rr_width":"40px"/);
    expect(wire).toMatch(/"data-copilot-box":"closed"[^}]*"rr_height":"30px","rr_width":"70px"/);
  });

  it('breaks nothing in the page', () => {
    expect(troubles).toEqual([]);
  });
});

interface TestWindow {
  copilot: typeof import('../../src/recorder/record-page');
  changeLater: () => Promise<void>;
  snapshot: () => SafeEvent[];
  events: SafeEvent[];
  troubles: string[];
}

async function record(page: Page): Promise<{ events: SafeEvent[]; wire: string }> {
  await page.evaluate(() => {
    const here = window as unknown as TestWindow;
    here.events = [];
    here.troubles = [];
    const recording = here.copilot.recordPage({
      shownSelectors: ['.by-selector', '.broken:::'],
      mayRecord: () => true,
      emit: (event) => here.events.push(JSON.parse(JSON.stringify(event)) as SafeEvent),
      onTooLarge: () => here.troubles.push('too large'),
      onError: (error) => here.troubles.push(String(error)),
    });
    here.snapshot = () => {
      const from = here.events.length;
      recording.takeSnapshot();
      return here.events.slice(from);
    };
  });
  await page.evaluate(() => (window as unknown as TestWindow).changeLater());
  await page.fill('#plain', 'ZQ401SECRET typedword');
  await page.locator('#password').pressSequentially('ZQ402SECRET');
  await page.locator('[contenteditable]').first().pressSequentially('ZQ403SECRET');
  await page.evaluate(() => {
    window.scrollTo(0, 300);
  });
  await page.waitForFunction(() =>
    (window as unknown as TestWindow).events.some(({ type, data }) => type === 3 && data.source === 3),
  );
  const { events, troubles } = await page.evaluate(() => {
    const { events, troubles } = window as unknown as TestWindow;
    return { events, troubles };
  });
  expect(troubles).toEqual([]);
  return { events, wire: JSON.stringify(events) };
}
