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
  private readonly root: ShadowRoot;

  constructor(locale: string, styles: string) {
    this.element = document.createElement('div');
    this.element.lang = locale;
    // A capture leaves it out: the agent needs no picture of the customer's controls.
    this.element.dataset['copilotOwn'] = '';
    this.root = this.element.attachShadow({ mode: 'closed' });
    adoptStyles(this.root, hostStyles + paletteStyles + controlStyles + trustedStyles + styles);
  }

  add(...views: Element[]): void {
    this.root.append(...views);
  }

  /** Back to where it can be seen and used: a modal dialog of the page makes everything outside of it dead. */
  attach(): void {
    for (const name of this.element.getAttributeNames()) {
      if (name !== 'lang' && name !== 'data-copilot-own') {
        this.element.removeAttribute(name);
      }
    }
    const home = topmostDialog() ?? document.documentElement;
    if (this.element.parentNode !== home) {
      home.append(this.element);
    }
  }

  get isHome(): boolean {
    return this.element.parentNode === (topmostDialog() ?? document.documentElement);
  }

  remove(): void {
    this.element.remove();
  }
}

function topmostDialog(): Element | undefined {
  return [...document.querySelectorAll('dialog:modal')].at(-1);
}
