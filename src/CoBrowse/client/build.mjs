// Builds the customer's Co-Pilot into dist/: copilot-page.js (the loader, for every page), client/co-pilot-<language>-<hash>.js (the script, where a code is
// typed or a session goes on) and client/recorder-<hash>.js (once the customer has agreed). Each is one file that knows the name of the next, so
// that nothing waits for a third one, and a browser that keeps them for a year never mixes two builds.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { KILOBYTE, compressFiles, keepBudgets, scriptOptions, shrink } from '../../ShopPage/client/script-build.mjs';
import { recorderParts } from './recorder-parts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const common = { ...scriptOptions, absWorkingDir: here };

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'client'), { recursive: true });

const recorderFile = await buildModule('recorder', 'src/recorder/recorder-script.ts', {
  plugins: [...scriptOptions.plugins, recorderParts],
});
// One for each language, of which a customer reads one.
const scriptFiles = {};
for (const language of ['en', 'nl']) {
  scriptFiles[language] = await buildModule(`co-pilot-${language}`, 'src/co-pilot-script.ts', {
    define: { RECORDER_FILE: JSON.stringify(basename(recorderFile)), LANGUAGE: JSON.stringify(language) },
  });
}
await build({
  ...common,
  entryPoints: { 'copilot-page': 'src/loader/copilot-page.ts' },
  outdir: dist,
  format: 'iife',
  define: { SCRIPT_FILES: JSON.stringify(scriptFiles) },
});

await compressFiles(['copilot-page.js', recorderFile, ...Object.values(scriptFiles)].map((file) => join(dist, file)));
const brotli = await keepBudgets(
  [
    { name: 'Co-Pilot loader', files: [join(dist, 'copilot-page.js')], budget: 3 * KILOBYTE },
    // What a customer's browser downloads in all before an agent sees the page.
    ...Object.entries(scriptFiles).map(([language, script]) => ({
      name: `Co-Pilot (${language})`,
      files: ['copilot-page.js', script, recorderFile].map((file) => join(dist, file)),
      budget: 50 * KILOBYTE,
    })),
  ],
  { compression: 'brotli' },
);
await writeFile(
  join(dist, 'copilot-page.json'),
  JSON.stringify({ loader: 'copilot-page.js', scripts: scriptFiles, recorder: recorderFile, brotli }, null, 2),
);

/** Answers the file that was made, from dist/ on. */
async function buildModule(name, entry, options) {
  const { metafile } = await build({
    ...common,
    ...options,
    entryPoints: { [name]: entry },
    outdir: join(dist, 'client'),
    entryNames: '[name]-[hash]',
    format: 'esm',
    metafile: true,
  });
  const file = `client/${basename(Object.keys(metafile.outputs)[0])}`;
  await shrink(join(dist, file));
  return file;
}
