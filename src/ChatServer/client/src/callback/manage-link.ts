import { h, setText } from '@copilot/shop-page';
import type { CallbackWords } from '../locales/callback';

/** The way to this call-back from another device. The token is in the fragment, which browsers send to nobody. */
export class ManageLink {
  readonly element: HTMLElement;
  private readonly words: CallbackWords;
  private readonly page: string | undefined;
  private readonly link: HTMLAnchorElement;
  private readonly copied = h('p', { class: 'hint', role: 'status' });

  /** @param page Where the shop has its call-backs managed; without it there is no link. */
  constructor(words: CallbackWords, page: string | undefined) {
    this.words = words;
    this.page = page;
    this.link = h(
      'a',
      { target: '_blank', rel: 'noopener noreferrer' },
      words.manage.link,
      h('span', { class: 'unseen', text: ` ${words.manage.newTab}` }),
    );
    const copy = h('button', {
      type: 'button',
      class: 'link',
      text: words.manage.copy,
      on: {
        click: () => {
          void this.copy();
        },
      },
    });
    this.element = h(
      'div',
      { class: 'manage' },
      h('h4', { text: words.manage.heading }),
      h('p', { class: 'hint', text: words.manage.hint }),
      h('p', { class: 'manage-row' }, this.link, copy),
      this.copied,
    );
  }

  update(token: string | undefined): void {
    this.element.hidden = this.page === undefined || token === undefined;
    if (this.element.hidden) {
      setText(this.copied, '');
    }
    if (this.page !== undefined && token !== undefined) {
      const address = new URL(this.page);
      address.hash = token;
      this.link.href = address.href;
    }
  }

  private async copy(): Promise<void> {
    setText(this.copied, '');
    try {
      await navigator.clipboard.writeText(this.link.href);
      setText(this.copied, this.words.manage.copied);
    } catch {
      setText(this.copied, this.words.manage.notCopied);
    }
  }
}
