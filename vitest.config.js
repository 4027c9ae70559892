import { defineConfig } from 'vitest/config';
import { recorderPartsInTests } from './src/CoBrowse/client/recorder-parts.mjs';

export default defineConfig({
  plugins: [recorderPartsInTests],
  test: {
    // Not how long a test may take, but when it is taken to hang: beside other suites on a busy machine everything takes many times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
