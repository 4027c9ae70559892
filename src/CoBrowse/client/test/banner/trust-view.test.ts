import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { RealShop } from '../guidance/real-shop';

const HTML = `<!doctype html><html lang="de" dir="rtl"><meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="stylesheet" href="/shop.css"><dialog id="confirm"><button>Yes</button></dialog><main><h1>Shop</h1><button id="buy">Buy</button>
<shop-basket></shop-basket></main><dialog id="dialog"><button>Modal</button></dialog><script src="/shop.js"></script></html>`;
const CSS = 'main { min-block-size: 3000px }';

describe('the banner and the question for consent, in Chromium', () => {
  const shop = new RealShop(HTML, CSS);
  let page: Page;

  const open = (...ids: string[]) =>
    page.evaluate((all) => {
      for (const id of all) {
        document.querySelector<HTMLDialogElement>(`#${id}`)?.showModal();
      }
    }, ids);
  const isIn = (selector: string) =>
    page.waitForFunction((home) => window.shop.host.parentElement?.matches(home), selector);
  /** A click at its place meets it. */
  const isUsable = async () => {
    await shop.click('.banner .danger');
    expect(await page.evaluate(() => window.shop.ends.splice(0))).toEqual([undefined]);
  };
  const ask = () =>
    page.evaluate(() => {
      window.shop.set({ phase: 'asking' });
    });
  const agree = async () => {
    await page.waitForFunction(() => window.shop.part('.answers .primary').ariaDisabled === 'false');
    await shop.click('.answers .primary');
    expect(await shop.answers()).toEqual([true]);
  };

  beforeEach(() => {
    page = shop.page;
  });

  test('is over a modal dialog of the page, and what the agent shows below it', async () => {
    await open('dialog');
    await isIn('#dialog');
    expect(await page.evaluate(() => window.shop.overlay.element.matches(':popover-open'))).toBe(true);
    await shop.ask('/returns');
    await shop.click('.question .primary');
    expect(await shop.answers()).toEqual([true]);
    expect(await page.evaluate(() => window.shop.ends)).toEqual([]);
  });

  test('is in the dialog that was opened last, wherever that is in the document', async () => {
    await open('dialog', 'confirm');
    await isIn('#confirm');
    await isUsable();
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#confirm')?.close());
    await isIn('#dialog');
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#dialog')?.close());
    await isIn('html');
    await isUsable();
  });

  test("is in a dialog of a component's shadow tree", async () => {
    await page.evaluate(() => {
      const dialog = document.createElement('dialog');
      dialog.className = 'basket';
      document.querySelector('shop-basket')?.attachShadow({ mode: 'open' }).append(dialog);
      dialog.append('Basket');
      dialog.showModal();
    });
    await isIn('.basket');
    await isUsable();
  });

  test('reads as its words do, whatever the page does', async () => {
    await ask();
    const read = () =>
      page.evaluate(() => {
        const { host, part } = window.shop;
        const { lang, dir } = host as HTMLElement;
        return [lang, dir, getComputedStyle(part('.consent')).direction, getComputedStyle(part('.banner')).direction];
      });
    expect(await read()).toEqual(['en', 'ltr', 'ltr', 'ltr']);
  });

  test('the question comes back when something comes over it, and can be answered only a moment later', async () => {
    await ask();
    await page.waitForFunction(() => window.shop.part('.answers .primary').ariaDisabled === 'false');
    await open('dialog');
    await page.waitForFunction(() => window.shop.part('.answers .primary').ariaDisabled === 'true');
    await agree();
    expect(await page.evaluate(() => window.shop.ends)).toEqual([]);
  });

  test('the question comes back when the page takes it away, and the session ends with a page that goes on doing so', async () => {
    await ask();
    await page.evaluate(() => {
      window.shop.host.remove();
    });
    await agree();
    await ask();
    await page.evaluate(() => {
      new MutationObserver(() => {
        window.shop.host.remove();
      }).observe(document.documentElement, { childList: true });
      window.shop.host.remove();
    });
    await page.waitForFunction(() => window.shop.ends[0] === 'banner_hidden');
  });

  test('after the question the focus is in the banner, or where it was', async () => {
    await ask();
    await agree();
    expect(await page.evaluate(() => window.shop.part('.banner').matches(':focus'))).toBe(true);
    await page.focus('#buy');
    await ask();
    await page.evaluate(() => {
      window.shop.set({ phase: 'live' });
    });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('buy');
  });
});
