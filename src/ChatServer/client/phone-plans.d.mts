import type { MetadataJson } from 'libphonenumber-js/core';
import type { Plugin } from 'esbuild';

export const phonePlans: Readonly<Record<string, MetadataJson>>;
export const phonePlanModules: Plugin;
