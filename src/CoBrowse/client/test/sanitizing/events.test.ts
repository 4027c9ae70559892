import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RawEvent, RawNode, SafeEvent } from '../../src/recorder/sanitizing/events';
import { HashedNames, type Names } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { bytesOf, KeptNames } from './names';

interface Vector {
  name: string;
  in: RawEvent[];
  make: SafeEvent[] | null;
  check: string;
}

// Not imported: the compiler takes longer to infer a type that fits every vector than to check all the rest of the client.
const { key, vectors } = JSON.parse(
  readFileSync(new URL('../../../Vectors/sanitizer.json', import.meta.url), 'utf8'),
) as {
  key: string;
  vectors: Vector[];
};
const hashed = new HashedNames(bytesOf(key));

const made = vectors.filter(({ make }) => make !== null);

function sanitize(events: readonly RawEvent[], names: Names): SafeEvent[] {
  const sanitizer = new PageSanitizer(unknownPage, names);
  return events.flatMap((event) => sanitizer.sanitize(event) ?? []);
}

// The same vectors as tests/CoBrowse.Tests reads: what is made here must be what is accepted there, byte for byte.
describe('sanitizer vectors', () => {
  it.each(made)('$name', ({ in: events, make }) => {
    expect(JSON.stringify(sanitize(events, hashed))).toBe(JSON.stringify(make));
  });

  it.each(made)('$name, made twice', ({ make }) => {
    expect(JSON.stringify(sanitize(make ?? [], new KeptNames(hashed)))).toBe(JSON.stringify(make));
  });
});

describe('a password field', () => {
  it('stays one in the next snapshot, whatever the page has made of it', () => {
    const snapshot = (type: string): RawEvent => ({
      type: 2,
      data: {
        node: {
          type: 0,
          id: 1,
          childNodes: [{ type: 2, id: 2, tagName: 'input', attributes: { type }, childNodes: [] }],
        },
        initialOffset: { left: 0, top: 0 },
      },
      timestamp: 1,
    });
    const [, later] = sanitize([snapshot('Password'), snapshot('text')], hashed);
    expect(JSON.stringify(later)).toContain('"attributes":{"type":"password"}');
  });
});

describe('a page with more CSS than a frame may have', () => {
  const sheet = (id: number, rules: number): RawNode => ({
    ...{ type: 2, id, tagName: 'style', childNodes: [] },
    attributes: { _cssText: 'p{color:red;}'.repeat(rules) },
  });
  const cssOf = (events: SafeEvent[]) =>
    [...JSON.stringify(events).matchAll(/"_cssText":"([^"]*)"/g)].map(([, css = '']) => css.length);
  const document = (...childNodes: RawNode[]): RawEvent => {
    const head: RawNode = { type: 2, id: 2, tagName: 'head', attributes: {}, childNodes };
    const node: RawNode = { type: 0, id: 1, childNodes: [head] };
    return { type: 2, data: { node, initialOffset: { left: 0, top: 0 } }, timestamp: 1 };
  };

  it('is sent without what is too much, and has room again for what is added later', () => {
    const page = document(sheet(10, 100_000), sheet(11, 70_000), sheet(12, 10));
    const adds = [{ parentId: 2, nextId: null, node: sheet(20, 70_000) }];
    const later: RawEvent = { type: 3, data: { source: 0, adds }, timestamp: 2 };
    expect(cssOf(sanitize([page, later], hashed))).toEqual([1_300_000, 130, 910_000]);
  });
});
