import { h, setText } from '@copilot/shop-page';
import type { CallbackWords } from '../locales/callback';
import type { PhoneNumbers } from './phone-number';
import type { PhoneRules } from './phone-rules';
import { phoneProblemWords } from './phone-words';

export type LoadNumbers = (rules: PhoneRules, attempt: number) => Promise<PhoneNumbers>;

export interface NumberFieldOptions {
  readonly words: CallbackWords;
  readonly locale: string;
  readonly load: LoadNumbers;
}

/** Where the number is typed, as people write it at home. */
export class NumberField {
  readonly element: HTMLElement;
  private readonly options: NumberFieldOptions;
  private readonly input: HTMLInputElement;
  private readonly error: HTMLElement;
  private rules: PhoneRules | undefined;
  private numbers: Promise<PhoneNumbers> | undefined;
  private ready: PhoneNumbers | undefined;
  private attempts = 0;

  constructor(options: NumberFieldOptions) {
    const { words } = options;
    this.options = options;
    this.error = h('p', { class: 'error', id: 'phone-error', role: 'alert' });
    this.input = h('input', {
      id: 'phone',
      type: 'tel',
      autocomplete: 'tel',
      dir: 'ltr',
      required: '',
      'aria-describedby': 'phone-hint phone-error',
      on: {
        input: (event) => {
          this.typed(event);
        },
        change: () => {
          void this.check(false);
        },
      },
    });
    this.element = h(
      'div',
      { class: 'field' },
      h('label', { for: 'phone', text: words.form.number }),
      this.input,
      h('p', { class: 'hint', id: 'phone-hint', text: words.form.hint }),
      this.error,
    );
  }

  /** Begins to load what reads numbers of the countries that the shop calls. */
  setRules(rules: PhoneRules | undefined): void {
    if (rules && this.rules === undefined) {
      this.rules = rules;
      this.load().catch(() => undefined);
    }
  }

  /** In E.164; undefined when there is none, which is said at the field. */
  read(): Promise<string | undefined> {
    return this.check(true);
  }

  focus(): void {
    this.input.focus();
  }

  /** Of a whole number, when somebody goes on; an empty field is not held against who only passes through it. */
  private async check(isAsked: boolean): Promise<string | undefined> {
    const { words, locale } = this.options;
    const text = this.input.value;
    if (this.rules === undefined || (!isAsked && text.trim() === '')) {
      return undefined;
    }
    let numbers: PhoneNumbers;
    try {
      numbers = await this.load();
    } catch {
      this.showError(isAsked ? words.phone.notLoaded : '');
      return undefined;
    }
    if (text !== this.input.value) {
      return undefined;
    }
    const reading = numbers.read(text);
    this.showError('problem' in reading ? phoneProblemWords(words, locale, reading.problem, this.rules) : '');
    return 'problem' in reading ? undefined : reading.number;
  }

  private typed({ inputType }: InputEvent): void {
    if (this.error.textContent !== '') {
      this.showError('');
    }
    const { value, selectionStart } = this.input;
    if (!this.ready) {
      return;
    }
    const isForward = inputType === 'deleteContentForward';
    const { text, caret } = this.ready.format({ text: value, caret: selectionStart ?? value.length }, isForward);
    if (text !== value) {
      this.input.value = text;
      this.input.setSelectionRange(caret, caret);
    }
  }

  private load(): Promise<PhoneNumbers> {
    const { rules } = this;
    if (!rules) {
      return Promise.reject(new Error('It is not known which numbers are called.'));
    }
    this.numbers ??= this.options.load(rules, this.attempts++).then(
      (numbers) => (this.ready = numbers),
      (error: unknown) => {
        this.numbers = undefined;
        throw error;
      },
    );
    return this.numbers;
  }

  private showError(text: string): void {
    setText(this.error, text);
    this.input.setAttribute('aria-invalid', String(text !== ''));
  }
}
