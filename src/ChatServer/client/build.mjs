// Builds the customer's chat into dist/: copilot.js (the launcher), client/chat-<hash>.js (the chat) and manifest.json.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { KILOBYTE, compressFiles, keepBudgets, scriptOptions } from '../../ShopPage/client/script-build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const common = { ...scriptOptions, absWorkingDir: here };

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'client'), { recursive: true });

const chat = await build({
  ...common,
  entryPoints: { chat: 'src/chat.ts' },
  outdir: join(dist, 'client'),
  entryNames: '[name]-[hash]',
  format: 'esm',
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

await compressFiles([join(dist, 'copilot.js'), join(dist, chatFile)]);
const gzipped = await keepBudgets(
  [
    { name: 'launcher', files: [join(dist, 'copilot.js')], budget: 5 * KILOBYTE },
    { name: 'chat', files: [join(dist, chatFile)], budget: 45 * KILOBYTE },
  ],
  { compression: 'gzip' },
);
await writeFile(
  join(dist, 'manifest.json'),
  JSON.stringify({ launcher: 'copilot.js', chat: chatFile, gzipped }, null, 2),
);
