import { Limits } from '@copilot/contracts';
import { h, setText } from '@copilot/shop-page';
import type { CallbackWords } from '../locales/callback';
import { charactersLeft } from '../view/text-length';
import type { Asking } from './asking';
import type { CallbackPage } from './callback-task';
import { type LoadNumbers, NumberField } from './number-field';
import { problemWords } from './problems';
import { WhenChoice } from './when-choice';
import type { ZoneTimes } from './zone-times';

export interface AskingFormOptions {
  readonly words: CallbackWords;
  readonly locale: string;
  readonly asking: Asking;
  readonly topicLabel: string;
  readonly name: string;
  /** A chat becomes it, which knows a name and what it is about. */
  readonly isInstead: boolean;
  readonly clockOf: (zone: string | undefined) => ZoneTimes;
  readonly waitText: CallbackPage['waitText'];
  readonly loadNumbers: LoadNumbers;
}

/** When, at which number, and what for. */
export class AskingForm {
  readonly element: HTMLElement;
  private readonly options: AskingFormOptions;
  private readonly heading: HTMLElement;
  private readonly when: WhenChoice;
  private readonly number: NumberField;
  private readonly name: HTMLInputElement;
  private readonly note: HTMLTextAreaElement;
  private readonly noteError = h('p', { class: 'error', id: 'callback-note-error', role: 'alert' });
  private readonly error = h('p', { class: 'error', role: 'alert' });
  private readonly button: HTMLButtonElement;

  constructor(options: AskingFormOptions) {
    const { words, asking, isInstead } = options;
    this.options = options;
    this.heading = h('h3', { tabindex: '-1', text: words.form.heading });
    this.when = new WhenChoice({
      words,
      times: asking.times,
      topic: () => asking.topic,
      waitText: options.waitText,
      isInLine: () => options.isInstead,
      name: 'asked-when',
    });
    this.number = new NumberField({ words, locale: options.locale, load: options.loadNumbers });
    this.name = h('input', {
      id: 'callback-name',
      type: 'text',
      maxlength: String(Limits.nameLength),
      autocomplete: 'name',
      dir: 'auto',
    });
    this.name.value = options.name;
    this.note = h('textarea', { id: 'callback-note', rows: '3', dir: 'auto', 'aria-describedby': this.noteError.id });
    this.button = h('button', {
      type: 'submit',
      class: 'primary',
      on: {
        mousedown: (event) => {
          // Leaving the number's field shows what is wrong with it, which would move this from under the click.
          event.preventDefault();
        },
      },
    });
    const label = (id: string, text: string) =>
      h('label', { for: id }, text, h('span', { class: 'optional', text: ` (${words.form.optional})` }));
    const about = [label('callback-name', words.form.name), this.name];
    this.element = h(
      'form',
      {
        class: 'step',
        novalidate: '',
        on: {
          submit: (event) => {
            event.preventDefault();
            void this.submit();
          },
        },
      },
      this.heading,
      h('p', { class: 'intro' }, h('bdi', { text: options.topicLabel }), isInstead ? ` · ${words.form.instead}` : ''),
      this.when.element,
      this.number.element,
      ...(isInstead ? [] : about),
      label('callback-note', words.form.note),
      this.note,
      this.noteError,
      this.error,
      this.button,
    );
    this.update();
  }

  update(): void {
    const { words, asking, clockOf } = this.options;
    const callback = asking.option?.callback;
    this.when.update(callback, clockOf(callback?.rules.zone));
    this.number.setRules(callback?.rules);
    setText(this.error, asking.problem === undefined ? '' : problemWords(words, asking.problem));
    setText(this.button, asking.isBusy ? words.form.asking : words.form.ask);
    // Not disabled: that would take the focus away, and with it the place of who uses a keyboard.
    this.button.setAttribute('aria-disabled', String(asking.isBusy));
  }

  focusFirst(): void {
    this.heading.focus();
  }

  private async submit(): Promise<void> {
    const { words, asking } = this.options;
    if (asking.isBusy) {
      return;
    }
    const chosen = this.when.read();
    const number = await this.number.read();
    const left = charactersLeft(this.note.value);
    setText(this.noteError, left < 0 ? words.form.tooLong(-left) : '');
    if (number === undefined && chosen !== undefined) {
      this.number.focus();
    }
    if (chosen !== undefined && number !== undefined && left >= 0) {
      await asking.ask({ number, when: chosen.when, name: this.name.value.trim(), note: this.note.value.trim() });
    }
  }
}
