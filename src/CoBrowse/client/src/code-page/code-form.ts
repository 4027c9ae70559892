import { ErrorCodes, Limits, parseHubError } from '@copilot/contracts';
import { h, setText } from '@copilot/shop-page';
import type { Words } from '../locales';
import type { CoPilotState } from '../session/co-pilot-state';
import { readTypedCode, showCode, type TypedCode } from './typed-code';

export interface CodeFormOptions {
  readonly words: Words;
  /** Rejects with a `CallError`. */
  readonly onCode: (code: string) => Promise<void>;
}

/** Where the code is typed. It takes no code from the page's address; the only other way is the button of a chat's invitation. */
export class CodeForm {
  readonly element: HTMLElement;
  readonly #options: CodeFormOptions;
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #submitButton: HTMLButtonElement;
  readonly #error = h('p', { class: 'error', id: 'error', role: 'alert' });
  readonly #status = h('p', { class: 'state', role: 'status' });
  #isBusy = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CodeFormOptions) {
    const { code } = options.words;
    this.#options = options;
    this.#field = h('input', {
      id: 'code',
      type: 'text',
      class: 'code',
      maxlength: String(Limits.typedCodeLength),
      autocomplete: 'off',
      autocapitalize: 'characters',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'go',
      dir: 'ltr',
      'aria-describedby': 'hint error',
      on: {
        input: () => {
          this.#showError('');
        },
      },
    });
    this.#submitButton = h('button', { type: 'submit', class: 'primary', text: code.submit });
    this.#form = h(
      'form',
      {
        novalidate: '',
        on: {
          submit: (event) => {
            event.preventDefault();
            void this.#submit();
          },
        },
      },
      h('p', { text: code.intro }),
      h('label', { for: 'code', text: code.label }),
      this.#field,
      h('p', { class: 'hint', id: 'hint', text: code.hint }),
      this.#error,
      this.#submitButton,
      h('p', { class: 'hint', text: code.next }),
    );
    this.element = h('div', { class: 'code-page' }, h('h2', { text: code.heading }), this.#form, this.#status);
  }

  update(state: CoPilotState | undefined): void {
    const { code } = this.#options.words;
    const isRunning = state?.phase === 'live' || state?.phase === 'paused';
    const isAsked = state?.phase === 'asking';
    this.#form.hidden = isRunning || isAsked;
    if (this.#form.hidden) {
      this.#field.value = '';
      this.#showError('');
    }
    setText(this.#status, isRunning ? code.running(state.agentName) : isAsked ? code.asked : this.#busyText);
  }

  get #busyText(): string {
    return this.#isBusy ? this.#options.words.code.checking : '';
  }

  async #submit(): Promise<void> {
    if (this.#isBusy || this.#waiting !== undefined) {
      return;
    }
    const typed = readTypedCode(this.#field.value);
    if (typed.kind !== 'code') {
      this.#fail(this.#wordsOf(typed));
      return;
    }
    this.#field.value = showCode(typed.code);
    this.#showError('');
    this.#setBusy(true);
    try {
      await this.#options.onCode(typed.code);
      this.#setBusy(false);
    } catch (error) {
      this.#setBusy(false);
      const { code, retryAfterMs } = parseHubError(error);
      if (code === ErrorCodes.rateLimited && retryAfterMs !== undefined) {
        this.#waitFor(retryAfterMs);
      } else {
        const { errors, unknownError } = this.#options.words;
        this.#fail(errors[code] ?? unknownError);
      }
    }
  }

  #wordsOf(typed: Exclude<TypedCode, { kind: 'code' }>): string {
    const { code } = this.#options.words;
    return typed.kind === 'length' ? code.length(typed.count) : code[typed.kind];
  }

  #fail(text: string): void {
    this.#showError(text);
    this.#field.focus();
    this.#field.select();
  }

  /** Trying again sooner would be refused too, and would make the wait longer. */
  #waitFor(milliseconds: number): void {
    const { code } = this.#options.words;
    this.#fail(code.wait(Math.ceil(milliseconds / 1_000)));
    this.#submitButton.setAttribute('aria-disabled', 'true');
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      this.#submitButton.removeAttribute('aria-disabled');
      this.#showError('');
      setText(this.#status, code.waited);
    }, milliseconds);
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#submitButton.setAttribute('aria-busy', String(isBusy));
    setText(this.#status, this.#busyText);
  }

  #showError(text: string): void {
    if (this.#waiting === undefined || text !== '') {
      setText(this.#error, text);
      this.#field.setAttribute('aria-invalid', String(text !== ''));
    }
  }
}
