import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';
import { compressFiles } from '../../ShopPage/client/script-build.mjs';

const compressedFiles: Plugin = {
  name: 'compressed-files',
  writeBundle: ({ dir = '' }, bundle) =>
    compressFiles(
      Object.keys(bundle)
        .filter((file) => /\.(?:js|css|svg)$/.test(file))
        .map((file) => join(dir, file)),
    ),
};

// The page's policy is `script-src 'self'` without data: or inline code, hence no inlined assets and no preload polyfill.
export default defineConfig({
  base: '/agent/',
  plugins: [react(), compressedFiles],
  css: { postcss: './postcss.config.mjs' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
