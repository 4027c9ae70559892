// Builds the agents' viewer into dist/viewer/: index.html, in which the server names the console's origins, and viewer-<hash>.js.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { KILOBYTE, compressFiles, keepBudgets, scriptOptions } from '../../ShopPage/client/script-build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src/viewer');
const dist = join(here, 'dist/viewer');

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const script = await build({
  ...scriptOptions,
  absWorkingDir: here,
  entryPoints: { viewer: join(source, 'viewer.ts') },
  outdir: dist,
  entryNames: '[name]-[hash]',
  format: 'esm',
  metafile: true,
});
const scriptFile = basename(Object.keys(script.metafile.outputs)[0]);
const style = await transform(await readFile(join(source, 'viewer.css'), 'utf8'), { loader: 'css', minify: true });
const page = await readFile(join(source, 'viewer.html'), 'utf8');
await writeFile(
  join(dist, 'index.html'),
  page.replace('{{Style}}', () => style.code.trim()).replace('{{Script}}', scriptFile),
);

await compressFiles([join(dist, scriptFile)]);
await keepBudgets([{ name: 'Co-Pilot viewer', files: [join(dist, scriptFile)], budget: 65 * KILOBYTE }], {
  compression: 'brotli',
});
