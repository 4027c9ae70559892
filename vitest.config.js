import { defineConfig } from 'vitest/config';
import { recorderPartsInTests } from './src/CoBrowse/client/recorder-parts.mjs';

export default defineConfig({ plugins: [recorderPartsInTests] });
