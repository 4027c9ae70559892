/// <reference types="node" />
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import vectors from '../../Vectors/wire.json';

// The same golden vectors as tests/Contracts.Tests reads: what the bytes mean, and that the generated types agree.
// The type checker takes a second or two, more on a busy machine.
describe('wire vectors', () => {
  it.each(vectors)('$name means what it says', ({ json, value }) => {
    expect(JSON.parse(json)).toEqual(value);
  });

  it('fit the generated types, with no field too few or too many', () => {
    const source = [
      `import type * as wire from './wire';`,
      ...vectors.map(({ type, json }, index) => `export const vector${index}: wire.${type} = ${json};`),
    ].join('\n');

    expect(complaintsAbout(source)).toEqual([]);
  });

  it('are refused by the generated types when a field is wrong', () => {
    const source = `import type * as wire from './wire';\nexport const wrong: wire.LeaveRequest = { conversation: 'k1' };`;

    expect(complaintsAbout(source)).toHaveLength(1);
  });
});

/** What the type checker says of a module beside wire.ts that exists in memory only. */
function complaintsAbout(source: string): string[] {
  const path = fileURLToPath(new URL('../src/vectors.in-memory.ts', import.meta.url));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readFromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    name === path ? ts.createSourceFile(name, source, languageVersion) : readFromDisk(name, languageVersion, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((complaint) => ts.flattenDiagnosticMessageText(complaint.messageText, '\n'));
}
