import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page's policy is `script-src 'self'` without data: or inline code, hence no inlined assets and no preload polyfill.
export default defineConfig({
  base: '/agent/',
  plugins: [react()],
  css: { postcss: './postcss.config.mjs' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
