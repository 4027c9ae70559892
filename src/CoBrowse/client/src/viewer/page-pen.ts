import { Limits } from '@copilot/contracts';
import { LINE_SHOWN_FOR } from '../guidance/shown-for';
import type { PagePlace, PageView } from './page-view';

/** Closer together, in CSS pixels of the page, places of a line tell nothing new. */
const LEAST_STEP = 3;
const SVG = 'http://www.w3.org/2000/svg';

/** The line that the agent draws, as they see it. It lies over the page, where the page has it, and fades. */
export class PagePen {
  readonly element = document.createElementNS(SVG, 'svg');
  readonly #line = document.createElementNS(SVG, 'polyline');
  readonly #view: PageView;
  #places: PagePlace[] = [];
  #isDown = false;
  #fading: ReturnType<typeof setTimeout> | undefined;

  constructor(view: PageView) {
    this.#view = view;
    this.element.classList.add('pen');
    this.element.append(this.#line);
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** @param place in the viewport, as all of them */
  begin(place: PagePlace): void {
    clearTimeout(this.#fading);
    this.#isDown = true;
    this.#places = [this.#view.inPage(place)];
    this.show();
  }

  move(place: PagePlace): void {
    const next = this.#view.inPage(place);
    const last = this.#places.at(-1);
    if (this.#isDown && last && Math.hypot(next.x - last.x, next.y - last.y) >= LEAST_STEP) {
      this.#places.push(next);
      this.show();
    }
  }

  /** The line, thinned to what one call may hold; nothing when it is only a dot. */
  end(): readonly number[] {
    this.#isDown = false;
    this.#fading = setTimeout(() => {
      this.clear();
    }, LINE_SHOWN_FOR);
    return this.#places.length > 1 ? thinned(this.#places, Limits.drawnPoints / 2).flatMap(({ x, y }) => [x, y]) : [];
  }

  clear(): void {
    clearTimeout(this.#fading);
    this.#isDown = false;
    this.#places = [];
    this.show();
  }

  /** Again after each change: the line goes with the page. */
  show(): void {
    const places = this.#places.map((place) => this.#view.toSurface(this.#view.inViewport(place)));
    this.#line.setAttribute('points', places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '));
  }
}

/** Both ends stay, and of what is between every so many. */
function thinned(places: readonly PagePlace[], most: number): readonly PagePlace[] {
  const step = (places.length - 1) / (most - 1);
  return places.length <= most
    ? places
    : Array.from({ length: most }, (_, index) => places[Math.round(index * step)] as PagePlace);
}
