import type { Names } from './names';
import type { PageKnowledge } from './page-knowledge';
import type { PageNode } from './page-node';
import { attributeRules, elementRules, nameRules, type AttributeKinds } from './rules';

const SVG_NAMES = new Map([...elementRules.svg].map((name) => [name.toLowerCase(), name]));
const SVG_STYLE: AttributeKinds = new Map([...attributeRules.svg, ...(attributeRules.of.get('style') ?? [])]);
const NONE: AttributeKinds = new Map();

/** How an element is written. */
export interface Shape {
  readonly tagName: string;
  readonly kinds: AttributeKinds | undefined;
  /** What was there, where the page's own cannot be shown. */
  readonly box?: string;
  readonly isEmpty: boolean;
}

/** Undefined for what is none of the other side's business. */
export function shapeOf(element: PageNode, names: Names, page: PageKnowledge): Shape | undefined {
  if (element.has('data-copilot-own')) {
    return undefined; // Our banner and our chat are no part of the shop's page.
  }

  if (element.isSvg) {
    return shapeOfDrawing(element);
  }

  // The field for the code is not either, but it has a place in it.
  const isCodePlace = element.has('data-copilot-code');
  const name = element.tagName;
  if (!isCodePlace && (elementRules.html.has(name) || element.isStyle)) {
    const tagName = element.isStyle ? 'style' : name;
    const isHidden =
      name === 'input' && element.string('type').trim().toLowerCase() === 'hidden' && !element.wasPassword;
    return isHidden
      ? undefined
      : { tagName, kinds: attributeRules.of.get(tagName) ?? NONE, isEmpty: elementRules.empty.has(tagName) };
  }

  const boxed = boxName(element);
  if (boxed !== undefined) {
    return {
      tagName: nameRules.custom + boxed,
      kinds: attributeRules.box,
      box: elementRules.box.get(boxed) ?? '',
      isEmpty: true,
    };
  }

  if (elementRules.dropped.has(name)) {
    return undefined;
  }

  const isClosed = isCodePlace || page.isClosedHost(element.id) || element.attributes['data-copilot-box'] === 'closed';
  return {
    tagName: names.ofElement(name),
    kinds: attributeRules.custom,
    isEmpty: isClosed,
    ...(isClosed && { box: 'closed' }),
  };
}

function shapeOfDrawing(element: PageNode): Shape | undefined {
  const tagName = SVG_NAMES.get(element.tagName);
  const isStyle = tagName === 'style';
  // A drawing tells as much as a text: a signature, a code to scan.
  const isEmpty = isStyle || (tagName === 'svg' && element.isHidden);
  return tagName === undefined ? undefined : { tagName, kinds: isStyle ? SVG_STYLE : attributeRules.svg, isEmpty };
}

/** Also for what the sanitizer itself has written before. */
function boxName(element: PageNode): string | undefined {
  const name = element.tagName;
  const written =
    name.startsWith(nameRules.custom) && element.has('data-copilot-box') ? name.slice(nameRules.custom.length) : name;
  return elementRules.box.has(written) ? written : undefined;
}
