import { h, setText } from '@copilot/shop-page';
import type { Words } from '../locales';
import { icon } from './icon';
import { charactersLeft, isNearEnd } from './text-length';

export interface ComposerOptions {
  readonly words: Words;
  readonly onSend: (text: string) => void;
  readonly onTyped: (text: string) => void;
  readonly draft: string;
}

/** The box at the bottom. Enter sends where there is a keyboard, and starts a new line where there is only glass. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly options: ComposerOptions;
  private readonly box: HTMLTextAreaElement;
  private readonly counter = h('p', { class: 'counter', id: 'counter', role: 'status' });
  private readonly sendButton: HTMLButtonElement;

  constructor(options: ComposerOptions) {
    const { words } = options;
    this.options = options;
    this.box = h('textarea', {
      rows: '1',
      dir: 'auto',
      'aria-label': words.composer.label,
      'aria-describedby': 'counter',
      placeholder: words.composer.placeholder,
      autocomplete: 'off',
      on: {
        input: () => {
          this.changed();
          options.onTyped(this.box.value);
        },
        keydown: (event) => {
          this.keyPressed(event);
        },
      },
    });
    this.box.value = options.draft;
    this.sendButton = h('button', { type: 'submit', class: 'send', 'aria-label': words.composer.send }, icon('send'));
    this.element = h(
      'form',
      {
        class: 'composer',
        novalidate: '',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
        },
      },
      this.counter,
      h('div', { class: 'composer-row' }, this.box, this.sendButton),
    );
    this.changed();
  }

  focus(): void {
    this.box.focus();
  }

  private submit(): void {
    const text = this.box.value.trim();
    if (text === '' || charactersLeft(text) < 0) {
      this.box.focus();
      return;
    }
    this.options.onSend(text);
    this.box.value = '';
    this.options.onTyped('');
    this.changed();
    this.box.focus();
  }

  private keyPressed(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word.
    const isSend = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (isSend && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      this.submit();
    }
  }

  private changed(): void {
    const left = charactersLeft(this.box.value);
    const { composer } = this.options.words;
    setText(this.counter, left < 0 ? composer.tooLong(-left) : isNearEnd(left) ? composer.left(left) : '');
    this.counter.hidden = !isNearEnd(left);
    this.box.setAttribute('aria-invalid', String(left < 0));
    this.sendButton.setAttribute('aria-disabled', String(left < 0 || this.box.value.trim() === ''));
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight}px`;
  }
}
