import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutHashes } from './canary-page';
import { type CapturedPage, type CapturedWindow, openCapturedPage } from './captured-page';

describe('the end of a capture in Chromium', () => {
  let canary: CapturedPage;
  let run: CapturedPage['run'];
  let told: CapturedPage['told'];

  beforeAll(async () => {
    canary = await openCapturedPage();
    ({ run, told } = canary);
  }, 60_000);

  afterAll(async () => {
    await canary.close();
  });

  it('stops before a page out of scope is read, and goes on behind it', async () => {
    const whilePrivate = await run(async () => {
      const here = window as unknown as CapturedWindow;
      history.pushState(null, '', '/private');
      here.isInScope = false;
      const before = here.calls.length;
      document.body.append('PRIVATE');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const whilePrivate = here.calls.length - before;
      here.calls.length = 0;
      here.isInScope = true;
      history.pushState(null, '', '/public');
      return whilePrivate;
    });
    expect(whilePrivate).toBe(0);
    await canary.page.waitForFunction(() => (window as unknown as CapturedWindow).calls.length > 0);
  });

  it('leaves nothing in the page when it has stopped, and what others have put over it', async () => {
    const recorded = await run(() => (window as unknown as CapturedWindow).changed());
    expect(recorded).toEqual(
      expect.arrayContaining(['insertRule', 'setProperty', 'attachShadow', 'adoptedStyleSheets']),
    );
    const left = await run(async () => {
      const here = window as unknown as CapturedWindow;
      const ours = Object.getOwnPropertyDescriptor(CSSStyleSheet.prototype, 'replaceSync') ?? {};
      const others = function (this: CSSStyleSheet, text: string) {
        (ours.value as (text: string) => void).call(this, text);
      };
      CSSStyleSheet.prototype.replaceSync = others;
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      here.capture.stop();
      const stopped = here.calls.length;
      for (let index = 0; index < 1_000; index++) {
        document.body.append(`AFTER${index}`);
      }
      const sheet = new CSSStyleSheet();
      root.adoptedStyleSheets = document.adoptedStyleSheets = [sheet];
      sheet.replaceSync('p { top: 1px }');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const isOthers = Object.is(
        Object.getOwnPropertyDescriptor(CSSStyleSheet.prototype, 'replaceSync')?.value,
        others,
      );
      const { length } = sheet.cssRules;
      return { isOthers, length, after: here.calls.length - stopped, changed: here.changed(), ends: here.ends };
    });
    expect(left).toEqual({ isOthers: true, length: 1, after: 0, changed: ['replaceSync'], ends: [] });
    expect(withoutHashes(JSON.stringify(await told()))).not.toMatch(/AFTER\d|PRIVATE|zq\d{3}/i);
  });

  it('breaks nothing in the page when it fails itself', async () => {
    const ends = await run(async () => {
      const here = window as unknown as CapturedWindow;
      const own = Object.getOwnPropertyDescriptor(Element.prototype, 'getAttribute');
      here.capture.start(here.session);
      await new Promise((resolve) => setTimeout(resolve, 300));
      Element.prototype.getAttribute = () => {
        throw new Error('Not with me.');
      };
      for (let index = 0; index < 20; index++) {
        document.body.style.left = `${index}px`;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      Object.defineProperty(Element.prototype, 'getAttribute', own ?? {});
      return here.ends;
    });
    expect(ends).toEqual(['capture_failed']);
    expect(canary.troubles).toEqual([]);
  });
});
