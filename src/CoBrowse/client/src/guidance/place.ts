import type { GuidanceEvent } from '@copilot/contracts';

export type NodeOf = (id: number) => Element | undefined;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place on the page, held on to while the page moves. */
export interface Place extends Point {
  /** With one, `x` and `y` are parts of its box; else CSS pixels of the whole page. */
  readonly element: Element | undefined;
}

/**
 * Undefined for a number that no element of this page has (any more), and for elements of our own: an agent who points at the banner's
 * buttons would speak with our voice.
 */
export function elementOf(id: number, nodeOf: NodeOf): Element | undefined {
  const element = nodeOf(id);
  return element?.closest('[data-copilot-own]') === null ? element : undefined;
}

/** Undefined without coordinates, or without the element that they belong to. */
export function placeOf({ nodeId, x, y }: GuidanceEvent, nodeOf: NodeOf): Place | undefined {
  if (x === undefined || y === undefined) {
    return undefined;
  }
  const element = nodeId === undefined ? undefined : elementOf(nodeId, nodeOf);
  return nodeId === undefined || element ? { element, x, y } : undefined;
}

/** Of an element that the page shows. */
export function boxOf(element: Element): DOMRect | undefined {
  const box = element.isConnected ? element.getBoundingClientRect() : undefined;
  return box && (box.width > 0 || box.height > 0) ? box : undefined;
}

/** In the window's coordinates. */
export function inWindow({ element, x, y }: Place): Point | undefined {
  if (!element) {
    return { x: x - scrollX, y: y - scrollY };
  }
  const box = boxOf(element);
  return box && { x: box.left + x * box.width, y: box.top + y * box.height };
}
