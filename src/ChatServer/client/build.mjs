// Builds the customer's scripts into dist/: copilot.js (the launcher), client/chat-<hash>.js (the chat) and manifest.json.
// Fails when either is over its budget: what a shop's page must load is a promise.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const KILOBYTE = 1024;
const budgets = { launcher: 5 * KILOBYTE, chat: 45 * KILOBYTE };

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: ['es2022', 'safari16'],
  charset: 'utf8',
  loader: { '.css': 'text' },
  plugins: [{ name: 'minified-css', setup: minifiedCss }],
  legalComments: 'none',
  logLevel: 'warning',
};

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'client'), { recursive: true });

const chat = await build({
  ...common,
  entryPoints: { chat: 'src/chat.ts' },
  outdir: join(dist, 'client'),
  entryNames: '[name]-[hash]',
  format: 'esm',
  // Server-side leftovers of SignalR; the browser never gets there.
  external: ['ws', 'eventsource', 'node-fetch', 'fetch-cookie', 'tough-cookie'],
  metafile: true,
});
const chatFile = `client/${basename(Object.keys(chat.metafile.outputs)[0])}`;

await build({
  ...common,
  entryPoints: { copilot: 'src/launcher/launcher.ts' },
  outdir: dist,
  format: 'iife',
  define: { CHAT_FILE: JSON.stringify(chatFile) },
});

const sizes = { launcher: await gzipped('copilot.js'), chat: await gzipped(chatFile) };
await writeFile(
  join(dist, 'manifest.json'),
  JSON.stringify({ launcher: 'copilot.js', chat: chatFile, gzipped: sizes }, null, 2),
);

for (const [name, size] of Object.entries(sizes)) {
  console.log(`${name}: ${size} of ${budgets[name]} bytes gzipped`);
  if (size > budgets[name]) {
    console.error(`The ${name} is ${size} bytes gzipped; its budget is ${budgets[name]}.`);
    process.exitCode = 1;
  }
}

async function gzipped(file) {
  return gzipSync(await readFile(join(dist, file)), { level: 9 }).length;
}

function minifiedCss({ onLoad, esbuild }) {
  onLoad({ filter: /\.css$/ }, async ({ path }) => {
    const { code } = await esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
    return { contents: code.trim(), loader: 'text' };
  });
}
