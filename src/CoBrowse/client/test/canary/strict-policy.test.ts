import { expect, it } from 'vitest';
import { openCanaryPage } from './canary-page';

const HTML = `<!doctype html><html lang="en"><title>Shop</title><link rel="stylesheet" href="/page.css">
<main><h1>Shop</h1><p id="moving">Basket</p><input id="field" type="password"><div id="host"></div></main>
<script src="/recorder.js"></script></html>`;
/** As strict as policies are: no style attribute and no style element, from nobody. */
const POLICY = "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

interface TestWindow {
  copilot: typeof import('../../src/recorder/record-page');
  events: unknown[];
  violations: string[];
}

it('the recorder breaks no policy, whatever the page changes by means that its own allows', async () => {
  const canary = await openCanaryPage("export { recordPage } from '../../src/recorder/record-page'", {
    html: HTML,
    policy: POLICY,
  });
  try {
    const told = await canary.page.evaluate(async () => {
      const here = window as unknown as TestWindow;
      Object.assign(here, { events: [], violations: [] });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        here.violations.push(`${violatedDirective} ${blockedURI}`);
      });
      const part = (id: string) => document.getElementById(id) as HTMLInputElement;
      const settle = () => new Promise((resolve) => setTimeout(resolve, 200));
      part('moving').style.color = 'red';
      const recording = here.copilot.recordPage({
        shownSelectors: ['main'],
        mayRecord: () => true,
        emit: (event) => here.events.push(event),
        onTooLarge: () => undefined,
        onError: (error) => {
          throw error;
        },
      });
      recording.takeSnapshot();
      await settle();
      // Twice each, because what is compared with before needs a before.
      for (const side of ['1px', '2px']) {
        part('moving').style.paddingTop = side;
        part('moving').style.setProperty('--side', side, 'important');
        document.styleSheets[0]?.insertRule(`p { margin: ${side} }`);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`p { border: ${side} }`);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        part('field').type = side === '1px' ? 'text' : 'password';
        await settle();
      }
      const root = part('host').attachShadow({ mode: 'open' });
      const inner = document.createElement('p');
      inner.style.height = '10px';
      root.append(inner);
      await settle();
      inner.style.height = '20px';
      await settle();
      recording.takeSnapshot();
      await settle();
      const own = here.violations.splice(0);
      // That a breach is heard of at all.
      inner.setAttribute('style', 'height: 30px');
      await settle();
      return { own, heard: here.violations, events: here.events.length };
    });
    expect(told.own).toEqual([]);
    expect(told.heard).toEqual(['style-src-attr inline']);
    expect(told.events).toBeGreaterThan(6);
    expect(canary.troubles).toEqual([]);
  } finally {
    await canary.close();
  }
}, 60_000);
