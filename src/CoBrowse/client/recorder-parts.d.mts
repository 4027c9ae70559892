import type { Plugin } from 'esbuild';

export const recorderParts: Plugin;
