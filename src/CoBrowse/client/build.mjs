// Builds the customer's Co-Pilot into dist/: copilot-page.js (the loader, for every page), client/co-pilot-<hash>.js,
// and client/page-capture-<hash>.js with what both share beside it: the recorder, which comes after the customer has agreed.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { KILOBYTE, keepBudgets, scriptOptions } from '../../ShopPage/client/script-build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const common = { ...scriptOptions, absWorkingDir: here };

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'client'), { recursive: true });

const script = await build({
  ...common,
  entryPoints: { 'co-pilot': 'src/co-pilot-script.ts' },
  outdir: join(dist, 'client'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  format: 'esm',
  splitting: true,
  metafile: true,
});
const { outputs } = script.metafile;
const scriptOf = (entry) => Object.keys(outputs).find((file) => outputs[file].entryPoint === entry);
const scriptFile = `client/${basename(scriptOf('src/co-pilot-script.ts'))}`;
const recorderFile = `client/${basename(scriptOf('src/recorder/page-capture.ts'))}`;

await build({
  ...common,
  entryPoints: { 'copilot-page': 'src/loader/copilot-page.ts' },
  outdir: dist,
  format: 'iife',
  define: { SCRIPT_FILE: JSON.stringify(scriptFile) },
});

const brotli = await keepBudgets(
  [
    { name: 'Co-Pilot loader', file: join(dist, 'copilot-page.js'), budget: 3 * KILOBYTE },
    { name: 'Co-Pilot', file: join(dist, scriptFile), budget: 50 * KILOBYTE },
    { name: 'Co-Pilot recorder', file: join(dist, recorderFile), budget: 50 * KILOBYTE },
  ],
  { compression: 'brotli' },
);
await writeFile(
  join(dist, 'copilot-page.json'),
  JSON.stringify({ loader: 'copilot-page.js', script: scriptFile, brotli }, null, 2),
);
