import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { recorderParts } from '../../recorder-parts.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types page";
const TYPES: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

export interface CanaryPage {
  readonly page: Page;
  /** What of the page's own is thrown and caught by nobody. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

/** Another page in its place. */
export interface OtherPage {
  readonly html: string;
  readonly policy: string;
}

/** Hashed names are random: now and then one reads like the beginning of a marker. */
export function withoutHashes(told: string): string {
  return told.replace(/\b(_|x-)[a-z2-7]{8}\b/g, '$1');
}

/** The files of the page, as they are served. */
export function pageFile(name: string): string {
  return readFileSync(here(`page/${name}`), 'utf8');
}

/**
 * Opens the canary page in Chromium, under a policy as strict as a shop's can be, with a script of ours.
 * @param script What the script exports is `window.copilot`.
 */
export async function openCanaryPage(script: string, other?: OtherPage): Promise<CanaryPage> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: here('.'), loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'copilot',
    write: false,
    plugins: [recorderParts],
  });
  const contents: Record<string, string> = {
    '/': other?.html ?? pageFile('index.html'),
    '/page.css': pageFile('page.css'),
    '/page.js': pageFile('page.js'),
    '/recorder.js': outputFiles[0]?.text ?? '',
    '/frame.html': '<p>ZQ199SECRET</p>',
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const type = path === '/' ? 'text/html' : (TYPES[path.split('.')[1] ?? ''] ?? 'text/plain');
    response
      .writeHead(200, { 'content-type': type, 'content-security-policy': other?.policy ?? POLICY })
      .end(contents[path] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?ZQ190SECRET#ZQ191SECRET`);
  return {
    page,
    troubles,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
