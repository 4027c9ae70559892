import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawEvent, RawNode } from '../../src/recorder/sanitizing/events';
import { HashedNames } from '../../src/recorder/sanitizing/names';
import { unknownPage } from '../../src/recorder/sanitizing/page-knowledge';
import { PageSanitizer } from '../../src/recorder/sanitizing/page-sanitizer';
import { KeptNames } from './names';

const hashed = new HashedNames();
const TAGS = [
  'div',
  'p',
  'span',
  'input',
  'textarea',
  'select',
  'option',
  'img',
  'iframe',
  'script',
  'style',
  'link',
  'secret-element',
  'table',
  'svg',
  'path',
];
const VALUES = [
  '',
  'Secret',
  'true',
  'false',
  'hidden',
  'password',
  'text',
  'stylesheet',
  '12px',
  '4',
  '#Secret',
  'color:red;content:"Secret"',
];
const NAMES = [
  ...[
    'class',
    'id',
    'title',
    'style',
    'type',
    'value',
    'placeholder',
    'href',
    'rel',
    'media',
    '_cssText',
    'width',
    'hidden',
    'data-secret',
  ],
  ...[
    'data-copilot-show',
    'data-copilot-hide',
    'contenteditable',
    'aria-label',
    'onclick',
    'srcdoc',
    'rr_width',
    'rr_scrollTop',
    'd',
    'for',
  ],
];

const attributes = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom<unknown>(...VALUES, true, null, 7), {
  maxKeys: 4,
});
const texts = fc.constantFrom('', ' ', 'Secret', 'Shown', 'Shown 12345678', '.secret { content: "Secret" }');
const ids = fc.integer({ min: 1, max: 24 });
const children = fc.array(
  fc.record({
    tag: fc.constantFrom(...TAGS, '', '#comment'),
    attributes,
    text: texts,
    flags: fc.integer({ min: 0, max: 7 }),
    parent: fc.nat(),
  }),
  { minLength: 4, maxLength: 20 },
);

function nodeOf(
  { tag, attributes, text, flags }: { tag: string; attributes: Record<string, unknown>; text: string; flags: number },
  id: number,
): RawNode {
  if (tag === '' || tag === '#comment') {
    return { type: tag === '' ? 3 : 5, id, textContent: text, ...(flags === 1 && { isShadow: true }) };
  }

  const isSVG = tag === 'svg' || tag === 'path';
  return {
    ...{ type: 2, id, tagName: tag, attributes, childNodes: [] },
    ...(isSVG && { isSVG: true }),
    ...(flags === 0 && { isShadowHost: true }),
    ...(flags === 1 && { isShadow: true }),
  };
}

/** A page of up to 22 nodes, each below one before it. */
const pages = children.map((all) => {
  const root: RawNode = { type: 0, id: 1, childNodes: [] };
  const html: RawNode = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] };
  root.childNodes = [html];
  const holders = [html];
  all.forEach((description, index) => {
    const node = nodeOf(description, index + 3);
    holders[description.parent % holders.length]?.childNodes?.push(node);
    if (node.type === 2) {
      holders.push(node);
    }
  });
  return root;
});

/** Also such as no recorder would give: of nodes that are not there, and twice. */
const mutations = fc.record({
  removes: fc.array(fc.record({ id: ids.filter((id) => id > 2) }), { maxLength: 3 }),
  adds: fc.array(
    fc
      .record({
        ...{ parentId: ids, nextId: fc.option(ids), id: fc.integer({ min: 3, max: 40 }) },
        ...{ tag: fc.constantFrom(...TAGS, ''), attributes, text: texts, flags: fc.integer({ min: 0, max: 7 }) },
      })
      .map(({ parentId, nextId, id, ...description }) => ({ parentId, nextId, node: nodeOf(description, id) })),
    { maxLength: 4 },
  ),
  texts: fc.array(fc.record({ id: ids, value: texts }), { maxLength: 3 }),
  attributes: fc.array(fc.record({ id: ids, attributes }), { maxLength: 3 }),
});

const recordings = fc
  .record({ page: pages, mutations: fc.array(mutations, { maxLength: 8 }) })
  .map(({ page, mutations }): RawEvent[] => [
    { type: 2, data: { node: page, initialOffset: { left: 0, top: 0 } }, timestamp: 1 },
    ...mutations.map((mutation, index) => ({ type: 3, data: { source: 0, ...mutation }, timestamp: index + 2 })),
  ]);

describe('any recording', { timeout: 60_000 }, () => {
  it('passes the same rules again unchanged, and tells nothing of the page', () => {
    fc.assert(
      fc.property(recordings, (events) => {
        const sanitizer = new PageSanitizer(unknownPage, hashed);
        const check = new PageSanitizer(unknownPage, new KeptNames(hashed));
        for (const event of events) {
          const safe = sanitizer.sanitize(structuredClone(event));
          if (safe) {
            expect(check.sanitize(structuredClone(safe))).toEqual(safe);
            expect(JSON.stringify(safe)).not.toMatch(/onclick|srcdoc|script|12345678|"value":"[a-z]/);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells no word of a page that shows none', () => {
    fc.assert(
      fc.property(recordings, (events) => {
        const unshown = JSON.parse(JSON.stringify(events).replaceAll('data-copilot-show', 'data-none')) as RawEvent[];
        const sanitizer = new PageSanitizer(unknownPage, hashed);
        const safe = unshown.map((event) => sanitizer.sanitize(event));
        expect(JSON.stringify(safe)).not.toMatch(/secret|shown/i);
      }),
      { numRuns: 1_000 },
    );
  });
});
