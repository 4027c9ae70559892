import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { KeptNames } from '../sanitizing/names';
import { type CanaryPage, openCanaryPage, pageFile, withoutHashes } from './canary-page';

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

describe('the canary page in Chromium', () => {
  let canary: CanaryPage;
  let page: Page;
  let events: SafeEvent[];
  let wire: string;

  beforeAll(async () => {
    canary = await openCanaryPage("export { recordPage } from '../../src/recorder/record-page'");
    ({ page } = canary);
    ({ events, wire } = await record(page));
    if (process.env.COPILOT_WRITE_VECTORS) {
      // What the server's half must accept: see Vectors/recorded.json.
      writeFileSync(
        fileURLToPath(new URL('../../../Vectors/recorded.json', import.meta.url)),
        `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`,
      );
    }
  }, 60_000);

  afterAll(async () => {
    await canary.close();
  });

  it('plants what it looks for', () => {
    const planted = new Set(
      ['index.html', 'page.css', 'page.js']
        .map(pageFile)
        .join('')
        .match(/ZQ\d{3}SECRET/g),
    );
    expect(planted.size).toBeGreaterThan(250);
  });

  it('tells nothing of what is not shown', () => {
    const told = withoutHashes(wire).toLowerCase();
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
    expect(withoutHashes(JSON.stringify(now))).not.toMatch(/SHOWNLATER|SHOWNLINK|SELECTEDTEXT|SHOWNEDITABLE|ZQ\d{3}/i);
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
    expect(canary.troubles).toEqual([]);
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
