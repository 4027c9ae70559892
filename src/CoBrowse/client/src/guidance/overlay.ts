import type { GuidanceEvent } from '@copilot/contracts';
import { h, setText } from '@copilot/shop-page';
import { Fading } from './fading';
import type { GuidancePort, Whereabouts } from './guidance';
import { boxOf, elementOf, inWindow, type NodeOf, type Place, placeOf, type Point } from './place';
import { LINE_SHOWN_FOR, RING_SHOWN_FOR } from './shown-for';

/** After so much silence; somebody who explains something stops for a moment now and then. */
const POINTER_MS = 6_000;
/** The oldest go first. */
const DRAWINGS = 20;
/** Positions come ten times a second; the way between two is shown too. */
const GLIDE_MS = 120;
const GLIDE = 0.35;
const RING_DISTANCE = 4;
/** Where the arrow is always still to be seen, with its name beside it. */
const EDGE = 4;
const NAME_WIDTH = 180;
const NAME_HEIGHT = 56;

/**
 * What the agent shows, over the page and under the banner: nothing of it can be clicked, read out or recorded, and it answers nothing.
 * Masked and hidden regions can be pointed at like any other: that is where help is needed, and the agent learns nothing by it.
 */
export class Overlay implements GuidancePort {
  readonly element: HTMLElement;
  readonly #nodeOf: NodeOf;
  readonly #pointer = h('div', { class: 'pointer', hidden: '' }, h('i'), h('b', { dir: 'auto' }));
  readonly #ring = h('div', { class: 'ring', hidden: '' }, h('b', { dir: 'auto' }));
  readonly #drawings = svg('svg', {});
  readonly #pointerFading = new Fading(this.#pointer);
  readonly #ringFading = new Fading(this.#ring);
  #pointed: Place | undefined;
  #pointedAt = 0;
  #shownAt: Point | undefined;
  #ringed: Element | undefined;
  #frame: number | undefined;

  constructor(nodeOf: NodeOf) {
    this.#nodeOf = nodeOf;
    this.element = h(
      'div',
      { class: 'guidance', popover: 'manual', 'aria-hidden': 'true' },
      this.#drawings,
      this.#ring,
      this.#pointer,
    );
  }

  /** @param name Whose it is; undefined while the agent sees nothing of the page, and so nothing is shown. */
  update(name: string | undefined): void {
    if (name === undefined) {
      this.clear();
    }
    for (const tag of this.element.querySelectorAll('b')) {
      setText(tag, name ?? '');
    }
  }

  clear(): void {
    this.#pointed = undefined;
    this.#ringed = undefined;
    this.#drawings.replaceChildren();
    this.#look();
  }

  point(event: GuidanceEvent): void {
    this.#pointed = placeOf(event, this.#nodeOf);
    this.#pointedAt = performance.now();
    this.#pointerFading.after(POINTER_MS, () => {
      this.#pointed = undefined;
    });
    this.#look();
  }

  highlight({ nodeId }: GuidanceEvent): void {
    this.#ringed = nodeId === undefined ? undefined : elementOf(nodeId, this.#nodeOf);
    this.#ringFading.after(RING_SHOWN_FOR, () => {
      this.#ringed = undefined;
    });
    this.#look();
  }

  draw({ sessionId, points = [] }: GuidanceEvent): void {
    const [x, y] = points.slice(-2);
    if (x === undefined || y === undefined) {
      this.#drawings.replaceChildren();
      return;
    }
    // A line of one point is a dot.
    const way = (points.length === 2 ? [...points, ...points] : points).join(' ');
    const line = svg('g', {}, svg('polyline', { points: way }), svg('polyline', { points: way }));
    this.#drawings.append(line);
    if (this.#drawings.childElementCount > DRAWINGS) {
      this.#drawings.firstChild?.remove();
    }
    new Fading(line).after(LINE_SHOWN_FOR, () => {
      line.remove();
    });
    // The pen says whose it is.
    this.point({ sessionId, x, y });
  }

  whereIs(event: GuidanceEvent): Whereabouts | undefined {
    const place = placeOf(event, this.#nodeOf);
    const point = place && inWindow(place);
    return point && (point.y < 0 ? 'above' : point.y < innerHeight ? 'here' : 'below');
  }

  scrollTo(event: GuidanceEvent): void {
    const place = placeOf(event, this.#nodeOf);
    const behavior = isStill() ? 'instant' : 'smooth';
    if (place?.element) {
      place.element.scrollIntoView({ behavior, block: 'center', inline: 'nearest' });
    } else if (place) {
      window.scrollTo({ behavior, left: scrollX, top: place.y - innerHeight / 2 });
    }
    this.point(event);
  }

  /** Pages move without telling anybody, so the places are looked at in every frame, while there are any. */
  readonly #look = (): void => {
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
    }
    this.#placePointer();
    this.#placeRing();
    this.#drawings.style.transform = `translate(${-scrollX}px, ${-scrollY}px)`;
    const isShown = this.#pointed ?? this.#ringed ?? this.#drawings.firstChild;
    this.#frame = isShown ? requestAnimationFrame(this.#look) : undefined;
  };

  #placePointer(): void {
    const to = this.#pointed && inWindow(this.#pointed);
    this.#pointer.hidden = !to;
    if (!to) {
      this.#pointed = undefined;
      this.#shownAt = undefined;
      return;
    }
    const from = this.#shownAt;
    const isGliding = from !== undefined && performance.now() - this.#pointedAt < GLIDE_MS && !isStill();
    const x = isGliding ? from.x + (to.x - from.x) * GLIDE : to.x;
    const y = isGliding ? from.y + (to.y - from.y) * GLIDE : to.y;
    this.#shownAt = { x, y };
    const seenX = between(EDGE, x, innerWidth - EDGE);
    const seenY = between(EDGE, y, innerHeight - EDGE);
    this.#pointer.toggleAttribute('data-beyond', seenX !== x || seenY !== y);
    this.#pointer.toggleAttribute('data-left', seenX > innerWidth - NAME_WIDTH);
    this.#pointer.toggleAttribute('data-up', seenY > innerHeight - NAME_HEIGHT);
    this.#pointer.style.transform = `translate(${seenX}px, ${seenY}px)`;
  }

  #placeRing(): void {
    if (this.#ringed?.isConnected === false) {
      this.#ringed = undefined;
    }
    const box = this.#ringed && boxOf(this.#ringed);
    this.#ring.hidden = !box;
    if (box) {
      const { style } = this.#ring;
      style.transform = `translate(${box.left - RING_DISTANCE}px, ${box.top - RING_DISTANCE}px)`;
      style.width = `${box.width + 2 * RING_DISTANCE}px`;
      style.height = `${box.height + 2 * RING_DISTANCE}px`;
      this.#ring.toggleAttribute('data-high', box.top < NAME_HEIGHT);
    }
  }
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
