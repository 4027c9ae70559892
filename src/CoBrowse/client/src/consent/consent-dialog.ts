import { h, setText } from '@copilot/shop-page';
import type { Words } from '../locales';
import type { CoPilotState } from '../session/co-pilot-state';
import { Arming } from './arming';
import { isTrusted, type IsTrusted } from './trusted-click';

export interface ConsentOptions {
  readonly words: Words;
  readonly state: CoPilotState;
  readonly onAnswer: (isGranted: boolean) => void;
  readonly onNotRequested: () => void;
  /** For tests. */
  readonly isTrusted?: IsTrusted;
}

/** Asks whether the agent may look along, and says what that means. Saying no is possible at once, saying yes a moment later. */
export class ConsentDialog {
  readonly element: HTMLDialogElement;
  readonly #options: ConsentOptions;
  readonly #agree: HTMLButtonElement;
  readonly #lost = h('p', { class: 'lost', role: 'status' });
  readonly #arming: Arming;

  constructor(options: ConsentOptions) {
    const { words, state } = options;
    const { consent } = words;
    this.#options = options;
    this.#agree = this.#button('primary', consent.agree, () => {
      if (this.#arming.isArmed) {
        options.onAnswer(true);
      }
    });
    const decline = this.#button('secondary', consent.decline, () => {
      options.onAnswer(false);
    });
    const notRequested = this.#button('plain', consent.notRequested, options.onNotRequested);
    // The focus begins at the heading: a key that was meant for the page answers nothing.
    const heading = h('h2', { id: 'heading', tabindex: '-1', autofocus: '' }, consent.heading(state.agentName));
    this.element = h(
      'dialog',
      { class: 'view consent', 'aria-labelledby': 'heading', 'aria-describedby': 'who warning' },
      h(
        'div',
        { class: 'text', tabindex: '0', role: 'group', 'aria-labelledby': 'heading' },
        heading,
        h('p', { id: 'who', text: consent.who(state.agentName, state.department) }),
        h('p', { id: 'warning', class: 'warning', text: consent.warning }),
        list(consent.sees, consent.seen, 'seen'),
        list(consent.never, consent.hidden, 'never'),
        list(consent.cannot, [consent.impossible], 'never'),
        h('p', { class: 'hint', text: consent.stop }),
        this.#lost,
      ),
      h('div', { class: 'answers' }, this.#agree, decline, notRequested),
    );
    // Esc, and a phone's gesture to go back.
    this.element.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (this.#isTrusted(event)) {
        options.onAnswer(false);
      }
    });
    this.#arming = new Arming(() => {
      this.#showArmed();
    });
    this.#showArmed();
    this.update(state);
  }

  update(state: CoPilotState): void {
    setText(this.#lost, state.isConnected ? '' : this.#options.words.consent.lost);
  }

  /** Over everything else, also what has come over it since. */
  show(): void {
    this.element.close();
    this.element.showModal();
    this.#arming.restart();
  }

  close(): void {
    this.#arming.stop();
    this.element.close();
    this.element.remove();
  }

  #showArmed(): void {
    this.#agree.setAttribute('aria-disabled', String(!this.#arming.isArmed));
  }

  #button(kind: string, text: string, onClick: () => void): HTMLButtonElement {
    return h('button', {
      type: 'button',
      class: kind,
      text,
      on: {
        click: (event) => {
          if (this.#isTrusted(event)) {
            onClick();
          }
        },
      },
    });
  }

  #isTrusted(event: Event): boolean {
    return (this.#options.isTrusted ?? isTrusted)(event);
  }
}

function list(heading: string, items: readonly string[], kind: string): HTMLElement {
  return h(
    'section',
    { class: kind },
    h('h3', { text: heading }),
    h('ul', {}, ...items.map((item) => h('li', { text: item }))),
  );
}
