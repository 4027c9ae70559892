import { h, setText } from '@copilot/shop-page';
import type { Question } from '../guidance/question';
import { QuestionView } from '../guidance/question-view';
import { isTrusted, type IsTrusted } from '../consent/trusted-click';
import { endedWords, type Words } from '../locales';
import type { CoPilotState } from '../session/co-pilot-state';

export interface BannerOptions {
  readonly words: Words;
  readonly onPause: (isPaused: boolean) => void;
  readonly onStop: () => void;
  readonly onAnswer: (question: Question, isAccepted: boolean) => void;
  /** Read and done, after the end. */
  readonly onClose: () => void;
  /** For tests. */
  readonly isTrusted?: IsTrusted;
}

/** Longer than pages need to change one word after another. */
const SPOKEN_AFTER_MS = 300;
/** Higher than a browser's own bars, which come and go too. */
const KEYBOARD_HEIGHT = 150;

/** What the banner says; the first that fits. Never more than is true. */
export function bannerText(words: Words, state: CoPilotState): string {
  const { banner } = words;
  const { phase, agentName, isConnected, isInScope, isSeen, endReason } = state;
  if (phase === 'ended') {
    return endedWords(words, endReason, agentName);
  }
  if (phase === 'paused') {
    return banner.paused(agentName);
  }
  if (!isConnected) {
    return banner.lost;
  }
  if (!isInScope) {
    return banner.privatePage(agentName);
  }
  return isSeen ? banner.sees(agentName) : banner.starting(agentName);
}

/** Says all through a session who looks along, and pauses or stops it. Afterwards it says why it is over. */
export class Banner {
  readonly element: HTMLElement;
  readonly #options: BannerOptions;
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #status = h('p', { class: 'status', 'aria-hidden': 'true' });
  readonly #hint = h('span', { class: 'hint' });
  readonly #text = h('span');
  /** Read out; told a moment after it is there, because what comes with its region is not announced. */
  readonly #spoken = h('p', { class: 'unseen', role: 'status' });
  #speaking: ReturnType<typeof setTimeout> | undefined;
  readonly #pause: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  readonly #question: QuestionView;
  #isPaused = false;

  constructor(options: BannerOptions) {
    const { banner } = options.words;
    this.#options = options;
    this.#pause = this.#button('secondary', () => {
      options.onPause(!this.#isPaused);
    });
    this.#stop = this.#button('danger', options.onStop);
    this.#stop.textContent = banner.stop;
    this.#stop.setAttribute('aria-keyshortcuts', 'Escape');
    this.#close = this.#button('secondary', options.onClose);
    this.#close.textContent = banner.close;
    this.#question = new QuestionView({
      words: options.words,
      isTrusted: options.isTrusted ?? isTrusted,
      onAnswer: options.onAnswer,
      onFocusLost: () => {
        this.element.focus();
      },
    });
    this.#status.append(this.#text, ' ', this.#hint);
    this.element = h(
      'div',
      { class: 'view banner', popover: 'manual', role: 'region', 'aria-label': banner.label, tabindex: '-1' },
      this.#question.element,
      this.#dot,
      this.#status,
      this.#spoken,
      h('div', { class: 'buttons' }, this.#pause, this.#stop, this.#close),
    );
  }

  update(state: CoPilotState): void {
    const { words } = this.#options;
    const isEnded = state.phase === 'ended';
    this.#isPaused = state.phase === 'paused';
    this.#question.update(state.question, state.agentName);
    this.element.dataset['phase'] = isEnded || this.#isPaused || !state.isConnected ? 'still' : 'on';
    const text = bannerText(words, state);
    const hint = isEnded ? '' : words.banner.escape;
    setText(this.#text, text);
    setText(this.#hint, hint);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      setText(this.#spoken, hint === '' ? text : `${text.replace(/[.…]*$/, '.')} ${hint}`);
    }, SPOKEN_AFTER_MS);
    setText(this.#pause, this.#isPaused ? words.banner.resume : words.banner.pause);
    const hadFocus = this.element.getRootNode() instanceof ShadowRoot && this.element.matches(':focus-within');
    this.#pause.hidden = isEnded;
    this.#stop.hidden = isEnded;
    this.#close.hidden = !isEnded;
    if (hadFocus && isEnded) {
      this.#close.focus();
    }
  }

  focusQuestion(): void {
    this.#question.focus();
  }

  /** Out of the way of what has the keyboard's focus, which must never be hidden. */
  avoid(focused: Element): void {
    const { element } = this;
    // Pressing may itself move the focus, and a button that is gone before the release is never clicked.
    if (element.matches(':active')) {
      return;
    }
    element.removeAttribute('data-elsewhere');
    element.toggleAttribute('data-elsewhere', this.#isOver(focused));
    // Something that fills the screen is covered at either place.
    if (this.#isOver(focused)) {
      element.removeAttribute('data-elsewhere');
    }
  }

  /** Keyboards of some phones cover the lower part of the page, and no CSS unit tells of it. */
  avoidKeyboard({ height, scale, offsetTop }: Pick<VisualViewport, 'height' | 'scale' | 'offsetTop'>): void {
    const isTyping = innerHeight - height * scale > KEYBOARD_HEIGHT;
    this.element.toggleAttribute('data-typing', isTyping);
    this.element.style.marginBlockStart = isTyping ? `${offsetTop}px` : '';
  }

  #isOver(focused: Element): boolean {
    const own = this.element.getBoundingClientRect();
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    return bottom > own.top && top < own.bottom && right > own.left && left < own.right;
  }

  #button(kind: string, onClick: () => void): HTMLButtonElement {
    return h('button', {
      type: 'button',
      class: kind,
      on: {
        click: (event) => {
          if ((this.#options.isTrusted ?? isTrusted)(event)) {
            onClick();
          }
        },
      },
    });
  }
}
