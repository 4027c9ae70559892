import { adoptStyles } from '@copilot/shop-page';
import controlStyles from '@copilot/shop-page/controls.css';
import hostStyles from '@copilot/shop-page/host.css';
import paletteStyles from '@copilot/shop-page/palette.css';
import trustedStyles from './trusted-host.css';

/**
 * Where the banner and the question for consent live: an element beside the page's body, with a shadow root that the page's scripts cannot
 * look into, and styles of which the page's own cannot overrule a word.
 */
export class TrustedHost {
  readonly element: HTMLElement;
  readonly #root: ShadowRoot;

  constructor(language: string, styles: string) {
    this.element = document.createElement('div');
    this.element.lang = language;
    // As the words read, whichever way the page does.
    this.element.dir = 'ltr';
    // A capture leaves it out: the agent needs no picture of the customer's controls.
    this.element.dataset['copilotOwn'] = '';
    this.#root = this.element.attachShadow({ mode: 'closed' });
    adoptStyles(this.#root, hostStyles + paletteStyles + controlStyles + trustedStyles + styles);
  }

  add(...views: Element[]): void {
    this.#root.append(...views);
  }

  /** Where it can be seen and used, the likeliest first: the topmost modal dialog makes all outside of it dead, and no browser says which that is. */
  get homes(): readonly Element[] {
    const dialogs = modalDialogs(document);
    return dialogs.length > 0 ? dialogs.reverse() : [document.documentElement];
  }

  attach(home: Element): void {
    for (const name of this.element.getAttributeNames()) {
      if (!/^(lang|dir|data-copilot-own)$/.test(name)) {
        this.element.removeAttribute(name);
      }
    }
    if (this.element.parentNode !== home) {
      home.append(this.element);
    }
  }

  /** Something of ours is the very thing that a click at its middle would meet. */
  isMet(element: Element): boolean {
    const { left, top, width, height } = element.getBoundingClientRect();
    const root = this.element.getRootNode() as Document | ShadowRoot;
    return root.elementFromPoint(left + width / 2, top + height / 2) === this.element;
  }

  remove(): void {
    this.element.remove();
  }
}

/** In open shadow trees too, as shops' components have them; our own hold none of the page's. */
function modalDialogs(root: Document | ShadowRoot): Element[] {
  return [...root.querySelectorAll(':not([data-copilot-own])')].flatMap((each) =>
    each.shadowRoot ? modalDialogs(each.shadowRoot) : each.matches('dialog:modal') ? [each] : [],
  );
}
