import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { recorderParts } from '../../recorder-parts.mjs';
import type { RawEvent } from '../../src/recorder/sanitizing/events';

const SHOP = `<!doctype html><html><head><style>
  body{margin:0;font:16px sans-serif;color:#222} header{background:#0b5d4e;color:#fff;padding:18px 24px} main{display:grid;grid-template-columns:1fr 1fr;gap:24px;padding:24px}
  img{width:220px;height:140px} .card{border:1px solid #ccc;border-radius:8px;padding:16px} @media(max-width:600px){main{grid-template-columns:1fr}} footer{height:1200px}
</style></head><body><header data-copilot-show><h1>Garden shop</h1></header><main>
  <div class="card" data-copilot-show><h2>Watering can</h2><p>Ten litres, green.</p><img src="data:image/svg+xml,<svg xmlns=%27http://www.w3.org/2000/svg%27/>" alt="can"><p><button id="buy">Buy</button></p></div>
  <form class="card"><h2>Your address</h2><label>Name <input value="Ada"></label><p>Ada Lovelace, 12 Long Street</p><select><option>NL</option></select><textarea>private</textarea></form>
</main><footer></footer></body></html>`;

/** What the recorded page has in its window. */
export interface Recorder {
  readonly events: RawEvent[];
  readonly snapshot: () => void;
  readonly boxOf: (id: number) => DOMRect;
  readonly idOf: (selector: string) => number | undefined;
}

/** A page of a shop, recorded as a customer's is. */
export async function recordShop(shop: Page): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { recordPage } from '../../src/recorder/record-page'",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    format: 'iife',
    globalName: 'copilot',
    write: false,
    plugins: [recorderParts],
  });
  await shop.setContent(SHOP);
  await shop.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  await shop.evaluate(() => {
    const recorder = window as unknown as Recorder & { copilot: typeof import('../../src/recorder/record-page') };
    Object.assign(window, { events: [] });
    const recording = recorder.copilot.recordPage({
      shownSelectors: [],
      mayRecord: () => true,
      emit: (event) => recorder.events.push(event),
      onTooLarge: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    Object.assign(window, {
      snapshot: () => {
        recording.takeSnapshot();
      },
      boxOf: (id: number) => recording.nodeOf(id)?.getBoundingClientRect().toJSON() as unknown,
      idOf: (selector: string) => {
        const element = document.querySelector(selector) ?? undefined;
        return Array.from({ length: 1_000 }, (_, id) => id).find((id) => recording.nodeOf(id) === element);
      },
    });
  });
}
