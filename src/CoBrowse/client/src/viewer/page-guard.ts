import { attributes, css, elements, limits } from '../../../Sanitizing/rules.json';
import type { RawEvent } from '../recorder/sanitizing/events';

/**
 * The last of three looks, after the customer's browser and the server: names of elements and attributes are in the rules' lists, nothing names an
 * address, events are of the kinds that there are. What is not goes without a word. The sandbox and the page's policy would hold it too.
 */

type Fields = Record<string, unknown>;

const HTML = wordsOf(elements.html);
const SVG = wordsOf(elements.svg);
const CUSTOM = /^x-[a-z0-9]{1,16}$/;
const ATTRIBUTES = new Set(
  [attributes.every, ...Object.values(attributes.of), attributes.box, attributes.custom, attributes.svg].flatMap(
    namesIn,
  ),
);
/** Sanitized CSS has no escapes either, so nothing hides behind one. */
const ADDRESS = /\\|url\s*\(|src\s*\(|image\s*\(|image-set\s*\(|element\s*\(|@import|@font-face|@namespace/i;
const FRAGMENT = /^(#_[a-z2-7]{8})?$/;
const SHEET_SOURCES = new Set([8, 13, 15]);

export function guardEvents(events: unknown): RawEvent[] {
  return Array.isArray(events) ? events.flatMap(guardEvent) : [];
}

function guardEvent(event: unknown): RawEvent[] {
  if (!isFields(event) || !isFields(event.data) || typeof event.timestamp !== 'number') {
    return [];
  }

  const { type, timestamp, data } = event;
  if (type === 4 && isSide(data.width) && isSide(data.height)) {
    return [{ type, timestamp, data: { href: '', width: data.width, height: data.height } }];
  }

  if (type === 2) {
    const node = guardNode(data.node, 0);
    const offset = isFields(data.initialOffset) ? data.initialOffset : {};
    return node?.type === 0
      ? [{ type, timestamp, data: { node, initialOffset: { left: number(offset.left), top: number(offset.top) } } }]
      : [];
  }

  const guarded = type === 3 ? guardIncrement(data) : undefined;
  return guarded ? [{ type: 3, timestamp, data: guarded }] : [];
}

function guardIncrement(data: Fields): Fields | undefined {
  const { source } = data;
  if (source === 0) {
    return guardMutation(data);
  }

  if (source === 3) {
    return { source, id: number(data.id), x: number(data.x), y: number(data.y) };
  }

  if (source === 4) {
    return isSide(data.width) && isSide(data.height) ? { source, width: data.width, height: data.height } : undefined;
  }

  return SHEET_SOURCES.has(source as number) ? guardSheet(data) : undefined;
}

function guardMutation({ texts, attributes: changed, removes, adds }: Fields): Fields {
  return {
    source: 0,
    texts: fieldsIn(texts).flatMap(({ id, value }) => (typeof value === 'string' ? [{ id: number(id), value }] : [])),
    attributes: fieldsIn(changed).map(({ id, attributes: values }) => ({
      id: number(id),
      attributes: guardAttributes(values, true),
    })),
    removes: fieldsIn(removes).map(({ parentId, id, isShadow }) => ({
      parentId: number(parentId),
      id: number(id),
      ...(isShadow === true ? { isShadow } : {}),
    })),
    adds: fieldsIn(adds).flatMap(({ parentId, nextId, node }) => {
      const guarded = guardNode(node, 0);
      const next = nextId === null ? null : number(nextId);
      return guarded ? [{ parentId: number(parentId), nextId: next, node: guarded }] : [];
    }),
  };
}

/** Rules keep their places, so one that goes leaves the rules' placeholder. */
function guardSheet(data: Fields): Fields | undefined {
  const owner = data.id === undefined ? { styleId: number(data.styleId) } : { id: number(data.id) };
  const { source, index, set, remove } = data;
  if (source === 8) {
    return {
      source,
      ...owner,
      removes: fieldsIn(data.removes).map((entry) => ({ index: entry.index })),
      adds: rulesIn(data.adds),
    };
  }

  if (source === 15) {
    const styles = fieldsIn(data.styles).map(({ styleId, rules }) => ({
      styleId: number(styleId),
      rules: rulesIn(rules),
    }));
    return { source, ...owner, styleIds: Array.isArray(data.styleIds) ? data.styleIds.map(number) : [], styles };
  }

  if (isFields(set) && typeof set.property === 'string' && isHarmless(set.value)) {
    return {
      source,
      ...owner,
      index,
      set: { property: set.property, value: set.value, priority: set.priority === 'important' ? 'important' : '' },
    };
  }

  return isFields(remove) && typeof remove.property === 'string'
    ? { source, ...owner, index, remove: { property: remove.property } }
    : undefined;
}

function rulesIn(rules: unknown): Fields[] {
  return fieldsIn(rules).map(({ rule, index }) => ({ rule: isHarmless(rule) ? rule : css.placeholder, index }));
}

function guardNode(node: unknown, depth: number): Fields | undefined {
  if (!isFields(node) || depth > limits.depth) {
    return undefined;
  }

  const { type, id } = node;
  const isShadow = node.isShadow === true ? { isShadow: true } : {};
  switch (type) {
    case 0:
      return {
        type,
        id: number(id),
        ...(node.compatMode === 'BackCompat' ? { compatMode: node.compatMode } : {}),
        childNodes: childrenOf(node, depth),
      };
    case 1:
      return { type, id: number(id), name: 'html', publicId: '', systemId: '' };
    case 2:
      return guardElement(node, depth, isShadow);
    case 3:
      return typeof node.textContent === 'string'
        ? { type, id: number(id), ...isShadow, textContent: node.textContent }
        : undefined;
    default:
      return undefined;
  }
}

function guardElement(node: Fields, depth: number, isShadow: Fields): Fields | undefined {
  const { tagName, isSVG } = node;
  if (typeof tagName !== 'string' || !(isSVG === true ? SVG.has(tagName) : HTML.has(tagName) || CUSTOM.test(tagName))) {
    return undefined;
  }

  return {
    type: 2,
    id: number(node.id),
    ...(isSVG === true ? { isSVG } : {}),
    ...(node.isShadowHost === true ? { isShadowHost: true } : {}),
    ...isShadow,
    tagName,
    attributes: guardAttributes(node.attributes, false),
    // A sheet is in an attribute; what would stand inside was looked at by nobody.
    childNodes: tagName === 'style' ? [] : childrenOf(node, depth),
  };
}

function childrenOf(node: Fields, depth: number): Fields[] {
  return fieldsIn(node.childNodes).flatMap((child) => {
    const guarded = guardNode(child, depth + 1);
    return guarded ? [guarded] : [];
  });
}

function guardAttributes(values: unknown, mayGo: boolean): Record<string, string | null> {
  const kept: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(isFields(values) ? values : {})) {
    const isFit = name.endsWith('href') ? typeof value === 'string' && FRAGMENT.test(value) : isHarmless(value);
    if (ATTRIBUTES.has(name) && (isFit || (mayGo && value === null))) {
      kept[name] = value as string | null;
    }
  }

  return kept;
}

function isHarmless(text: unknown): text is string {
  return typeof text === 'string' && !ADDRESS.test(text);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function fieldsIn(list: unknown): Fields[] {
  return Array.isArray(list) ? (list as unknown[]).filter(isFields) : [];
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= limits.coordinate;
}

function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

function namesIn(kinds: object): string[] {
  return Object.values(kinds as Record<string, string>).flatMap((list) => list.split(' '));
}
