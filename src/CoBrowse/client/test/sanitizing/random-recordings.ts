import fc from 'fast-check';
import type { RawEvent, RawNode } from '../../src/recorder/sanitizing/events';
import { css } from './random-css';

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
  '-120',
  `--long:${'0 '.repeat(5_000)}`,
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
    'rr_scrollLeft',
    'xlink:href',
    'd',
    'for',
  ],
];

const attributes = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof({ arbitrary: fc.constantFrom<unknown>(...VALUES, true, null, 7), weight: 4 }, css),
  { maxKeys: 4 },
);
const texts = fc.constantFrom('', ' ', 'Secret', 'Shown', 'Shown 12345678', '.secret { content: "Secret" }');
const ids = fc.integer({ min: 1, max: 24 });
const children = fc.array(
  fc.record({
    tag: fc.constantFrom(...TAGS),
    attributes,
    text: texts,
    flags: fc.integer({ min: 0, max: 7 }),
    parent: fc.nat(),
  }),
  { minLength: 4, maxLength: 20 },
);

/** What a node is follows from its number, so that nothing is put into a text, which no page can. */
const isText = (id: number) => id % 5 === 0;
const holderIds = ids.filter((id) => !isText(id));

function nodeOf(
  { tag, attributes, text, flags }: { tag: string; attributes: Record<string, unknown>; text: string; flags: number },
  id: number,
): RawNode {
  if (isText(id)) {
    return { type: flags === 0 ? 5 : 3, id, textContent: text, ...(flags === 1 && { isShadow: true }) };
  }

  const isSVG = tag === 'svg' || tag === 'path';
  return {
    ...{ type: 2, id, tagName: tag, attributes, childNodes: [] },
    ...(isSVG ? { isSVG: true } : flags === 0 && { isShadowHost: true }),
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
        ...{ parentId: holderIds, nextId: fc.option(ids), id: fc.integer({ min: 3, max: 40 }) },
        ...{ tag: fc.constantFrom(...TAGS), attributes, text: texts, flags: fc.integer({ min: 0, max: 7 }) },
      })
      .map(({ parentId, nextId, id, ...description }) => ({ parentId, nextId, node: nodeOf(description, id) })),
    { maxLength: 4 },
  ),
  texts: fc.array(fc.record({ id: ids, value: texts }), { maxLength: 3 }),
  attributes: fc.array(fc.record({ id: ids, attributes }), { maxLength: 3 }),
});

const styleIds = fc.integer({ min: 1, max: 3 });
const indexes = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 });
const pixels = fc.double({ min: -500, max: 5_000, noNaN: true });

const others = fc.oneof(
  fc.record({
    source: fc.constant(8),
    id: ids,
    adds: fc.array(fc.record({ rule: css, index: fc.nat({ max: 3 }) }), { maxLength: 3 }),
    removes: fc.array(fc.record({ index: indexes }), { maxLength: 2 }),
  }),
  fc.record({
    source: fc.constant(13),
    id: ids,
    index: indexes,
    set: fc.record({
      property: fc.constantFrom('color', 'Clip-Path', '--secret', 'behavior'),
      value: fc.oneof(css, fc.constant(`polygon(${'0 1px,'.repeat(2_000)}0 0)`)),
      priority: fc.constantFrom('', 'important'),
    }),
  }),
  fc.record({
    source: fc.constant(15),
    id: ids,
    styleIds: fc.array(styleIds, { maxLength: 3 }),
    styles: fc.array(fc.record({ styleId: styleIds, rules: fc.array(fc.record({ rule: css }), { maxLength: 3 }) }), {
      maxLength: 2,
    }),
  }),
  fc.record({ source: fc.constant(3), id: ids, x: pixels, y: pixels }),
);

export const recordings = fc
  .record({ page: pages, changes: fc.array(fc.oneof(mutations, others), { maxLength: 8 }) })
  .map(({ page, changes }): RawEvent[] => [
    { type: 4, data: { href: 'https://shop.example/', width: 1280, height: 800 }, timestamp: 1 },
    { type: 2, data: { node: page, initialOffset: { left: 0, top: 0 } }, timestamp: 1 },
    ...changes.map((change, index) => ({ type: 3, data: { source: 0, ...change }, timestamp: index + 2 })),
  ]);
