/** As long as the style's transition. */
const FADES_FOR_MS = 600;

/** Lets one thing fade and go. */
export class Fading {
  readonly #element: Element;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: Element) {
    this.#element = element;
  }

  /** Begins anew: what was fading is there again. */
  after(milliseconds: number, onGone: () => void): void {
    clearTimeout(this.#timer);
    this.#element.removeAttribute('data-fading');
    this.#timer = setTimeout(() => {
      this.#element.setAttribute('data-fading', '');
      this.#timer = setTimeout(onGone, FADES_FOR_MS);
    }, milliseconds);
  }
}
