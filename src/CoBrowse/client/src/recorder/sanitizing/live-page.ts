import type { PageKnowledge } from './page-knowledge';

/** Of rrweb's mirror what is asked here. */
export interface NodeIds {
  getNode(id: number): Node | null;
  getId(node: Node): number;
}

/** The page that is being recorded. It only ever reads. */
export class LivePage implements PageKnowledge {
  readonly #document: Document;
  readonly #ids: NodeIds;
  readonly #selectors: readonly string[];
  #shown: ReadonlySet<number> = new Set();

  constructor(document: Document, ids: NodeIds, shownSelectors: readonly string[]) {
    this.#document = document;
    this.#ids = ids;
    this.#selectors = shownSelectors.filter((selector) => isSelector(document, selector));
  }

  shown(): ReadonlySet<number> {
    if (this.#selectors.length > 0) {
      const found = this.#document.querySelectorAll(this.#selectors.join(','));
      const shown = new Set(Array.from(found, (element) => this.#ids.getId(element)));
      if (shown.size !== this.#shown.size || [...shown].some((id) => !this.#shown.has(id))) {
        this.#shown = shown;
      }
    }

    return this.#shown;
  }

  sizeOf(id: number): { width: number; height: number } | undefined {
    // Before transforms, which the element's own style brings along.
    const element = this.#element(id);
    if (element instanceof HTMLElement) {
      return { width: element.offsetWidth, height: element.offsetHeight };
    }

    return element?.getBoundingClientRect();
  }

  /**
   * A closed shadow tree cannot be asked for. What looks like one is an element of the page's own making with nothing inside of it, and
   * still as large as something.
   */
  isClosedHost(id: number): boolean {
    const element = this.#element(id);
    return (
      element instanceof HTMLElement &&
      element.localName.includes('-') &&
      element.shadowRoot === null &&
      customElements.get(element.localName) !== undefined &&
      element.childElementCount === 0 &&
      element.textContent.trim() === '' &&
      element.offsetWidth > 0 &&
      element.offsetHeight > 0
    );
  }

  styleOf(id: number): string | undefined {
    return this.#element(id)?.getAttribute('style') ?? undefined;
  }

  sheetOf(id: number): string | undefined {
    const element = this.#element(id) as (Element & Partial<LinkStyle>) | undefined;
    try {
      return element?.sheet ? Array.from(element.sheet.cssRules, (rule) => rule.cssText).join('') : undefined;
    } catch {
      return undefined; // Of another origin.
    }
  }

  #element(id: number): Element | undefined {
    const node = this.#ids.getNode(id);
    return node instanceof Element ? node : undefined;
  }
}

/** One that the browser cannot read shows nothing, and must not hide what the others show. */
function isSelector(document: Document, selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
