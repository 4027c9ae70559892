import { Limits } from '@copilot/contracts';
import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import { errorWords, type Words } from '../locales';
import type { Dates } from './dates';
import { icon } from './icon';
import { OpenCallbackButton } from './open-callback-button';
import { charactersLeft } from './text-length';
import { topicLabel, topicNote } from './topics-view';

export interface FormOptions {
  readonly words: Words;
  readonly dates: Dates;
  readonly onStart: (name: string, text: string) => void;
  readonly onCallback: () => void;
  readonly onOpenCallback: () => void;
}

/** The second step: a name if one likes, and the first words. */
export class FormView {
  readonly element: HTMLElement;
  private readonly options: FormOptions;
  private readonly heading = h('h3', { tabindex: '-1' });
  private readonly note = h('p', { class: 'intro' });
  private readonly error = h('p', { class: 'error', id: 'form-error', role: 'alert' });
  private readonly name: HTMLInputElement;
  private readonly text: HTMLTextAreaElement;
  private readonly startButton: HTMLButtonElement;
  private readonly callbackButton: HTMLButtonElement;
  private readonly callbackNote = h('span', { class: 'topic-note' });
  private readonly openCallback: OpenCallbackButton;
  private shownError: string | undefined;

  constructor(options: FormOptions) {
    const { form, callback } = options.words;
    this.options = options;
    this.name = h('input', {
      id: 'name',
      type: 'text',
      maxlength: String(Limits.nameLength),
      autocomplete: 'name',
      dir: 'auto',
    });
    this.text = h('textarea', { id: 'text', rows: '4', dir: 'auto', 'aria-describedby': 'hint form-error' });
    this.startButton = h('button', { type: 'submit', class: 'primary', text: form.start });
    this.callbackButton = h(
      'button',
      { type: 'button', class: 'way', on: { click: options.onCallback } },
      icon('phone'),
      h('span', { class: 'topic-text' }, h('span', { class: 'topic-name', text: callback.offer }), this.callbackNote),
      icon('next'),
    );
    this.openCallback = new OpenCallbackButton(options.words, options.onOpenCallback);
    const optional = h('span', { class: 'optional', text: ` (${form.optional})` });
    this.element = h(
      'form',
      {
        class: 'step',
        novalidate: '',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
        },
      },
      this.openCallback.element,
      this.heading,
      this.note,
      this.callbackButton,
      h('label', { for: 'name' }, form.name, optional),
      this.name,
      h('label', { for: 'text', text: form.message }),
      this.text,
      h('p', { class: 'hint', id: 'hint', text: form.hint }),
      this.error,
      this.startButton,
    );
  }

  update(state: ChatState): void {
    const { words, dates } = this.options;
    const option = state.topics.find((each) => each.topic === state.topic);
    setText(this.heading, topicLabel(words, state.topic ?? ''));
    setText(this.note, option ? topicNote(words, dates, option) : '');
    this.openCallback.update(state);
    this.callbackButton.hidden = option?.callback === undefined;
    const { offerNote, offerLater } = words.callback;
    setText(this.callbackNote, option?.callback?.isOpen === true ? offerNote : offerLater);
    const isClosed = option?.availability === 'closed';
    this.element.classList.toggle('is-closed', isClosed);
    if (this.name.value === '') {
      this.name.value = state.name;
    }
    if (state.formError !== undefined && this.text.value === '') {
      this.text.value = state.refusedText;
    }
    if (state.formError !== this.shownError) {
      this.shownError = state.formError;
      this.showError(state.formError === undefined ? '' : errorWords(words, state.formError));
    }
    this.startButton.disabled = isClosed;
  }

  focusFirst(): void {
    (matchMedia('(pointer: coarse)').matches ? this.heading : this.text).focus();
  }

  /** A chat has begun: the next form starts empty. */
  clear(): void {
    this.text.value = '';
    this.showError('');
  }

  private submit(): void {
    const { form, composer } = this.options.words;
    const left = charactersLeft(this.text.value);
    if (this.text.value.trim() === '' || left < 0) {
      this.showError(left < 0 ? composer.tooLong(-left) : form.empty);
      this.text.focus();
      return;
    }
    this.options.onStart(this.name.value, this.text.value);
  }

  private showError(text: string): void {
    setText(this.error, text);
    this.text.setAttribute('aria-invalid', String(text !== ''));
  }
}
