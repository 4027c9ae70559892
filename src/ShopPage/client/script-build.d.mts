// What a build in TypeScript uses of it.
export function compressFiles(files: readonly string[]): Promise<void>;
