// How every script for a shop's pages is built, and the promise about its size. Used by the build of each workspace.
import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { minify } from 'terser';

export const KILOBYTE = 1024;

export const scriptOptions = {
  bundle: true,
  minify: true,
  target: ['es2022', 'safari16'],
  charset: 'utf8',
  loader: { '.css': 'text' },
  plugins: [{ name: 'minified-css', setup: minifiedCss }],
  // Server-side leftovers of SignalR; the browser never gets there.
  external: ['ws', 'eventsource', 'node-fetch', 'fetch-cookie', 'tough-cookie'],
  legalComments: 'none',
  logLevel: 'warning',
};

/** A second minifier finds another twentieth behind esbuild, which does no more than one pass. Of a module. */
export async function shrink(file) {
  const { code } = await minify(await readFile(file, 'utf8'), {
    module: true,
    ecma: 2022,
    compress: { passes: 3, keep_fargs: false },
  });
  await writeFile(file, code);
}

/** What a shop's page must load is a promise: the build fails when the files of a budget are over it together. Answers the sizes. */
export async function keepBudgets(budgets, { compression }) {
  const compressed = { gzip: (bytes) => gzipSync(bytes, { level: 9 }), brotli: (bytes) => brotliCompressSync(bytes) };
  const sizes = {};
  for (const { name, files, budget } of budgets) {
    const parts = await Promise.all(files.map(async (file) => compressed[compression](await readFile(file)).length));
    const size = parts.reduce((sum, part) => sum + part, 0);
    const sum = parts.length > 1 ? `${parts.join(' + ')} = ` : '';
    console.log(`${name}: ${sum}${size} of ${budget} bytes (${compression})`);
    if (size > budget) {
      console.error(`The ${name} is ${size} bytes (${compression}); its budget is ${budget}.`);
      process.exitCode = 1;
    }
    sizes[name] = size;
  }
  return sizes;
}

/** Beside each file what the server sends instead: as small as it gets, which takes too long while a customer waits. */
export async function compressFiles(files) {
  const forms = { br: (bytes) => brotliCompressSync(bytes), gz: (bytes) => gzipSync(bytes, { level: 9 }) };
  for (const file of files) {
    const bytes = await readFile(file);
    for (const [extension, form] of Object.entries(forms)) {
      await writeFile(`${file}.${extension}`, form(bytes));
    }
  }
}

function minifiedCss({ onLoad, esbuild }) {
  onLoad({ filter: /\.css$/ }, async ({ path }) => {
    const { code } = await esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
    return { contents: code.trim(), loader: 'text' };
  });
}
