import { h, setText } from '@copilot/shop-page';
import { Arming } from '../consent/arming';
import type { IsTrusted } from '../consent/trusted-click';
import type { Words } from '../locales';
import type { Question } from './question';

export interface QuestionViewOptions {
  readonly words: Words;
  readonly isTrusted: IsTrusted;
  readonly onAnswer: (question: Question, isAccepted: boolean) => void;
  /** The button that had the focus is gone. */
  readonly onFocusLost: () => void;
}

/** Longer than pages need to change one word after another. */
const SPOKEN_AFTER_MS = 300;

/** What the agent proposes, with the answers to it. It never takes the focus; "no" is possible at once, "yes" a moment later. */
export class QuestionView {
  readonly element: HTMLElement;
  readonly #options: QuestionViewOptions;
  readonly #text = h('span');
  /** Read out when the agent asks, without interrupting. */
  readonly #spoken = h('p', { class: 'unseen', role: 'status' });
  readonly #yes: HTMLButtonElement;
  readonly #no: HTMLButtonElement;
  #question: Question | undefined;
  #arming: Arming | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QuestionViewOptions) {
    this.#options = options;
    this.#yes = this.#button('primary', true);
    this.#no = this.#button('secondary', false);
    const answers = h('div', { class: 'buttons' }, this.#yes, this.#no);
    const hint = h('span', { class: 'hint', text: options.words.guidance.key });
    const asked = h('p', { class: 'asked', 'aria-hidden': 'true' }, this.#text, ' ', hint);
    this.element = h('div', { class: 'question' }, asked, this.#spoken, answers);
    this.element.addEventListener('focusin', this.#hold);
    this.element.addEventListener('focusout', this.#hold);
    this.#show(undefined, '');
  }

  /** For those who answer by keyboard. */
  focus(): void {
    this.#no.focus();
  }

  update(question: Question | undefined, name: string): void {
    if (question !== this.#question) {
      this.#show(question, name);
    }
  }

  #show(question: Question | undefined, name: string): void {
    this.#question = question;
    this.#arming?.stop();
    const hadFocus = this.element.matches(':focus-within');
    const { asked, yes, no } = wordsOf(this.#options.words, question, name);
    setText(this.#text, asked);
    setText(this.#yes, yes);
    setText(this.#no, no);
    this.#yes.hidden = yes === '';
    this.#no.hidden = no === '';
    this.element.toggleAttribute('data-asks', question !== undefined);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      setText(this.#spoken, asked && `${asked}. ${this.#options.words.guidance.key}`);
    }, SPOKEN_AFTER_MS);
    this.#arming =
      question &&
      new Arming(() => {
        this.#showArmed();
      });
    this.#showArmed();
    if (hadFocus && !question) {
      this.#options.onFocusLost();
    }
    this.#hold();
  }

  readonly #hold = (): void => {
    if (this.#question) {
      this.#question.isHeld = this.element.matches(':focus-within');
    }
  };

  #showArmed(): void {
    this.#yes.setAttribute('aria-disabled', String(this.#arming?.isArmed !== true));
  }

  #button(kind: string, isYes: boolean): HTMLButtonElement {
    return h('button', {
      type: 'button',
      class: kind,
      on: {
        click: (event) => {
          const question = this.#question;
          if (question && this.#options.isTrusted(event) && (!isYes || this.#arming?.isArmed === true)) {
            this.#options.onAnswer(question, isYes);
          }
        },
      },
    });
  }
}

function wordsOf({ guidance }: Words, question: Question | undefined, name: string) {
  if (question?.kind === 'scroll') {
    const asked = question.isAbove ? guidance.above(name) : guidance.below(name);
    return { asked, yes: guidance.show, no: guidance.dontShow };
  }
  if (question?.isAtOnce === true) {
    return { asked: guidance.going(name, question.path), yes: '', no: guidance.stay };
  }
  return question
    ? { asked: guidance.page(name, question.path), yes: guidance.go, no: guidance.notNow }
    : { asked: '', yes: '', no: '' };
}
