import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FromViewer, ToViewer } from '../../src/viewer/messages';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CONSOLE = `<!doctype html><body style="margin:0"><iframe style="border:0;width:100vw;height:100vh"></iframe></body>`;

const LAST = '/last';

export interface ViewerOptions {
  /** Without the look at each event, and without the policy: what the other layers hold alone. */
  readonly guard?: boolean;
  readonly policy?: boolean;
  /** The agent's system is dark: really, as what Playwright only says it is holds for every frame, whatever that is in. */
  readonly dark?: boolean;
  /** Of another world, which closes it. */
  readonly browser?: Browser;
}

/** The console's page with the viewer inside, and somebody foreign who counts. */
export class ViewerWorld {
  readonly foreignRequests: string[] = [];
  readonly scriptRuns: string[] = [];
  readonly foreignFrames: string[] = [];
  readonly #servers: Server[] = [];
  #lastCame: () => void = () => undefined;
  #isGuest = false;
  browser!: Browser;
  page!: Page;
  console = '';
  viewer = '';
  foreign = '';

  static async open({ guard = true, policy = true, dark = false, browser }: ViewerOptions = {}): Promise<ViewerWorld> {
    const world = new ViewerWorld();
    const script = await viewerScript(guard);
    const html = readFileSync(here('../../src/viewer/viewer.html'), 'utf8');
    const css = readFileSync(here('../../src/viewer/viewer.css'), 'utf8');
    world.foreign = await world.#serve((url) => {
      if (url === LAST) {
        world.#lastCame();
      } else {
        world.foreignRequests.push(url);
      }

      return ['text/html', CONSOLE];
    });
    world.console = await world.#serve(() => ['text/html', CONSOLE]);
    world.viewer = (
      await world.#serve(
        (url) =>
          url.endsWith('.js')
            ? ['text/javascript', script]
            : [
                'text/html',
                html.replace('{{Console}}', world.console).replace('{{Style}}', css).replace('{{Script}}', 'viewer.js'),
              ],
        () => (policy ? { 'content-security-policy': serverPolicy() + world.console } : {}),
      )
    ).replace('127.0.0.1', 'localhost');
    world.#isGuest = browser !== undefined;
    world.browser =
      browser ??
      (await chromium.launch({
        executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-dev-shm-usage', ...(dark ? ['--force-dark-mode'] : [])],
      }));
    world.page = await world.newPage();
    return world;
  }

  async newPage(origin = this.console): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width: 1000, height: 700 },
      colorScheme: null,
    });
    page.on('console', (message) => {
      if (message.text().startsWith('PWNED')) {
        this.scriptRuns.push(message.text());
      }
    });
    // What the policy stopped shows as the browser's own error, if at all.
    page.on('framenavigated', (frame) => {
      if (
        !/^(about:|chrome-error:|$)/.test(frame.url()) &&
        ![this.console, this.viewer].some((own) => frame.url().startsWith(own)) &&
        frame.url() !== origin + '/'
      ) {
        this.foreignFrames.push(frame.url());
      }
    });
    await page.goto(origin);
    await page.evaluate(async (viewer) => {
      const frame = document.querySelector('iframe') as HTMLIFrameElement;
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      window.addEventListener('message', (event) => {
        if (event.source === frame.contentWindow) {
          heard.push({ ...(event.data as object), origin: event.origin });
        }
      });
      await new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true });
        frame.src = viewer;
      });
    }, this.viewer);
    return page;
  }

  say(...messages: readonly ToViewer[]): Promise<void> {
    return this.sayOn(this.page, ...messages);
  }

  async sayOn(page: Page, ...messages: readonly ToViewer[]): Promise<void> {
    await page.evaluate(
      ([messages, viewer]) => {
        for (const message of messages) {
          document.querySelector('iframe')?.contentWindow?.postMessage(message, viewer);
        }
      },
      [messages, new URL(this.viewer).origin] as const,
    );
  }

  /** What the pages ask for would have been asked for by now: the browser laid them out, and a request that began after theirs has come. */
  async allAsked(): Promise<void> {
    const came = new Promise<void>((resolve) => {
      this.#lastCame = resolve;
    });
    await this.page.evaluate(async (last) => {
      for (let frames = 0; frames < 3; frames++) {
        await new Promise(requestAnimationFrame);
      }

      await fetch(last, { mode: 'no-cors' });
    }, this.foreign + LAST);
    await came;
  }

  /** What the viewer said so far. */
  heard(page = this.page): Promise<(FromViewer & { origin: string })[]> {
    return page.evaluate(() => (window as unknown as { heard: (FromViewer & { origin: string })[] }).heard);
  }

  async hears(type: FromViewer['type'], seq?: number): Promise<void> {
    await this.page.waitForFunction(
      ([type, seq]) =>
        (window as unknown as { heard: { type: string; seq?: number }[] }).heard.some(
          (message) => message.type === type && (seq === undefined || message.seq === seq),
        ),
      [type, seq] as const,
    );
  }

  async close(): Promise<void> {
    await (this.#isGuest ? this.page.close() : this.browser.close());
    for (const server of this.#servers) {
      server.close();
    }
  }

  async #serve(
    answer: (url: string) => [type: string, content: string],
    headers: () => Record<string, string> = () => ({}),
  ): Promise<string> {
    const server = createServer((request, response) => {
      const [type, content] = answer(request.url ?? '');
      response.writeHead(200, { 'content-type': type, ...headers() }).end(content);
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

/** As the server sends it. */
function serverPolicy(): string {
  const source = readFileSync(here('../../../../ChatServer/CoPilot/ViewerHeaders.cs'), 'utf8');
  const [, policy] = /Policy =([^]*?frame-ancestors ");/.exec(source) ?? [];
  if (!policy) {
    throw new Error('ViewerHeaders.cs is not as this test reads it.');
  }

  return [...policy.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('');
}

async function viewerScript(isGuarded: boolean): Promise<string> {
  const unguarded: Plugin = {
    name: 'unguarded',
    setup: (setup) => {
      setup.onLoad({ filter: /page-guard\.ts$/ }, () => ({
        contents: 'export const guardEvents = (events) => events;',
        loader: 'ts',
      }));
    },
  };
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    target: 'es2022',
    entryPoints: [here('../../src/viewer/viewer.ts')],
    format: 'esm',
    write: false,
    plugins: isGuarded ? [] : [unguarded],
  });
  return outputFiles[0]?.text ?? '';
}
