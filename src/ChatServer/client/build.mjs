// Builds the customer's chat into dist/: copilot.js (the launcher), client/chat-<hash>.js (the chat), client/callback-<hash>.js (call-backs, once somebody
// asks to be called), client/phone-<hash>.js (what reads telephone numbers) with client/phone-<digit>-<hash>.js (numbering plans of some countries), and
// manifest.json.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { KILOBYTE, compressFiles, keepBudgets, scriptOptions, shrink } from '../../ShopPage/client/script-build.mjs';
import { phonePlanModules, phonePlans } from './phone-plans.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const common = { ...scriptOptions, absWorkingDir: here };

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'client'), { recursive: true });

const { phone: phoneFile, ...planFiles } = await buildModules({
  phone: 'src/callback/phone-script.ts',
  ...Object.fromEntries(Object.keys(phonePlans).map((zone) => [`phone-${zone}`, `phone-plans:${zone}`])),
});
const plans = Object.fromEntries(Object.keys(phonePlans).map((zone) => [zone, planFiles[`phone-${zone}`]]));
await shrink(join(dist, phoneFile));

const { callback: callbackFile } = await buildModules(
  { callback: 'src/callback/callback-script.ts' },
  {
    define: {
      PHONE_FILES: JSON.stringify({ script: basename(phoneFile), plans: mapValues(plans, (file) => basename(file)) }),
    },
  },
);
await shrink(join(dist, callbackFile));

const { chat: chatFile } = await buildModules(
  { chat: 'src/chat.ts' },
  { define: { CALLBACK_FILE: JSON.stringify(basename(callbackFile)) } },
);

await build({
  ...common,
  entryPoints: { copilot: 'src/launcher/launcher.ts' },
  outdir: dist,
  format: 'iife',
  define: { CHAT_FILE: JSON.stringify(chatFile) },
});

const inDist = (file) => join(dist, file);
await compressFiles(['copilot.js', chatFile, callbackFile, phoneFile, ...Object.values(plans)].map(inDist));
const gzipped = await keepBudgets(
  [
    { name: 'launcher', files: [inDist('copilot.js')], budget: 5 * KILOBYTE },
    { name: 'chat', files: [inDist(chatFile)], budget: 45 * KILOBYTE },
    { name: 'call-backs', files: [inDist(callbackFile)], budget: 16 * KILOBYTE },
    // What a customer's browser downloads to ask for a call, at a shop that calls countries of one first digit.
    ...Object.entries(plans).map(([zone, file]) => ({
      name: `telephone numbers (+${zone})`,
      files: [inDist(phoneFile), inDist(file)],
      budget: 20 * KILOBYTE,
    })),
  ],
  { compression: 'gzip' },
);
await writeFile(
  join(dist, 'manifest.json'),
  JSON.stringify(
    { launcher: 'copilot.js', chat: chatFile, callback: callbackFile, phone: phoneFile, plans, gzipped },
    null,
    2,
  ),
);

/** Answers the files that were made, from dist/ on, by the names of their entries. */
async function buildModules(entryPoints, options) {
  const { metafile } = await build({
    ...common,
    ...options,
    plugins: [...common.plugins, phonePlanModules],
    entryPoints,
    outdir: join(dist, 'client'),
    entryNames: '[name]-[hash]',
    format: 'esm',
    metafile: true,
  });
  const files = Object.keys(metafile.outputs).map((output) => basename(output));
  return mapValues(
    entryPoints,
    (_, name) => `client/${files.find((file) => new RegExp(`^${name}-[A-Z0-9]{8}\\.js$`).test(file))}`,
  );
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
