import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import { errorWords } from '../locales';
import { Composer } from './composer';
import type { Dates } from './dates';
import { InvitationCard, type InvitationCardOptions } from './invitation-card';
import { MessageList } from './message-list';
import { withWait } from './waits';

export interface ConversationOptions extends InvitationCardOptions {
  readonly dates: Dates;
  readonly draft: string;
  readonly onSend: (text: string) => void;
  readonly onTyped: (text: string) => void;
  readonly onRetry: (messageId: string) => void;
  readonly onDiscard: (messageId: string) => void;
  readonly onEnd: () => void;
  readonly onStartAgain: () => void;
  readonly onCallback: () => void;
}

/** A short interruption is no news; one that lasts this long is shown. */
const SHOW_LOST_AFTER_MS = 1_500;

/** The chat itself: where it stands, what was said, and the box to write in. */
export class ConversationView {
  readonly element: HTMLElement;
  private readonly options: ConversationOptions;
  private readonly status = h('p', { class: 'status-text', role: 'status' });
  private readonly statusHint = h('p', { class: 'status-hint' });
  private readonly strip: HTMLElement;
  private readonly lost: HTMLElement;
  private readonly lostText = h('p', { role: 'status' });
  private readonly list: MessageList;
  private readonly typing = h('p', { class: 'typing', dir: 'auto' });
  private readonly invitation: InvitationCard;
  private readonly composer: Composer;
  private readonly callbackButton: HTMLButtonElement;
  private readonly endButton: HTMLButtonElement;
  private readonly confirm: HTMLElement;
  private readonly cancelButton: HTMLButtonElement;
  private readonly ended: HTMLElement;
  private readonly againButton: HTMLButtonElement;
  private isConfirming = false;
  private wasLost = false;
  private lostTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConversationOptions) {
    const { words, dates } = options;
    this.options = options;
    this.list = new MessageList({ words, dates, onRetry: options.onRetry, onDiscard: options.onDiscard });
    this.invitation = new InvitationCard(options);
    this.composer = new Composer(options);
    const button = (kind: string, text: string, click: () => void) =>
      h('button', { type: 'button', class: kind, text, on: { click } });
    this.endButton = button('link', words.end.action, () => {
      this.ask(true);
    });
    this.callbackButton = button('link instead', words.callback.instead, options.onCallback);
    this.cancelButton = button('secondary', words.end.cancel, () => {
      this.ask(false);
    });
    const confirmButton = button('danger', words.end.confirm, () => {
      this.ask(false);
      options.onEnd();
    });
    this.againButton = button('primary', words.startAgain, options.onStartAgain);
    this.strip = h(
      'div',
      { class: 'strip' },
      h('div', { class: 'strip-words' }, this.status, this.statusHint, this.callbackButton),
      this.endButton,
    );
    this.lost = h('div', { class: 'lost' }, this.lostText);
    this.confirm = h(
      'div',
      { class: 'confirm', role: 'group', 'aria-label': words.end.question },
      h('p', { text: words.end.question }),
      h('div', { class: 'buttons' }, this.cancelButton, confirmButton),
    );
    this.ended = h('div', { class: 'ended' }, this.againButton);
    this.element = h(
      'section',
      { class: 'conversation' },
      this.strip,
      this.lost,
      this.list.element,
      this.typing,
      this.invitation.element,
      this.confirm,
      this.composer.element,
      this.ended,
    );
  }

  update(state: ChatState): void {
    const isClosed = state.stage === 'closed';
    setText(this.status, this.statusText(state));
    setText(this.statusHint, state.stage === 'waiting' ? this.options.words.status.keepWriting : '');
    this.callbackButton.hidden = !state.canBeCalled || (state.stage !== 'waiting' && state.stage !== 'connecting');
    this.strip.dataset['stage'] = state.stage;
    this.strip.classList.toggle('is-connected', state.connection === 'connected');
    this.list.update(state);
    this.updateInvitation(state);
    setText(this.typing, state.typing === undefined || isClosed ? '' : this.typingText(state.typing));
    this.endButton.hidden = isClosed;
    this.endButton.disabled = state.isEnding;
    setText(this.endButton, state.isEnding ? this.options.words.end.ending : this.options.words.end.action);
    if (isClosed && !this.composer.element.hidden && this.composer.element.contains(activeIn(this.element))) {
      // The box goes away under the customer's hands; the next useful thing takes the focus.
      queueMicrotask(() => {
        this.againButton.focus();
      });
    }
    this.isConfirming &&= !isClosed;
    this.confirm.hidden = !this.isConfirming;
    this.composer.element.hidden = isClosed;
    this.ended.hidden = !isClosed;
    // Before there is a chat there is no connection to lose.
    this.updateLost(state.view === 'conversation' && state.connection !== 'connected' && !isClosed);
  }

  focusFirst(): void {
    if (this.composer.element.hidden) {
      this.againButton.focus();
    } else {
      this.composer.focus();
    }
  }

  /** Escape answers the question first; true when there was one. */
  escape(): boolean {
    const was = this.isConfirming;
    if (was) {
      this.ask(false);
    }
    return was;
  }

  /** The panel was opened: a hidden list could not scroll. */
  shown(): void {
    this.list.toEnd();
  }

  private updateInvitation(state: ChatState): void {
    const hadFocus = this.invitation.element.contains(activeIn(this.element));
    this.invitation.update(state);
    if (hadFocus && state.invitation === undefined && state.stage !== 'closed') {
      this.composer.focus();
    }
  }

  private ask(isConfirming: boolean): void {
    this.isConfirming = isConfirming;
    this.confirm.hidden = !isConfirming;
    (isConfirming ? this.cancelButton : this.endButton).focus();
  }

  private updateLost(isLost: boolean): void {
    if (isLost === this.wasLost) {
      return;
    }
    this.wasLost = isLost;
    clearTimeout(this.lostTimer);
    if (isLost) {
      this.lostTimer = setTimeout(() => {
        this.showLost();
      }, SHOW_LOST_AFTER_MS);
    } else {
      // Told to those who were told of the loss; it is not seen, because it can be seen that the notice is gone.
      setText(this.lostText, this.lost.classList.contains('is-shown') ? this.options.words.connection.back : '');
      this.lost.classList.remove('is-shown');
    }
  }

  private showLost(): void {
    const { lost, kept } = this.options.words.connection;
    this.lost.classList.add('is-shown');
    this.lostText.replaceChildren(h('strong', { text: lost }), ' ', kept);
  }

  private statusText(state: ChatState): string {
    const { status } = this.options.words;
    switch (state.stage) {
      case 'starting':
        return status.starting;
      case 'opening':
        return status.opening;
      case 'waiting':
        return withWait(this.options.words, this.placeText(state.position), state.estimatedWait);
      case 'connecting':
        return status.connecting;
      case 'active':
        return state.agentName === undefined ? status.withSomebody : status.with(state.agentName);
      case 'closed':
        return state.lostCode === undefined ? status.ended : errorWords(this.options.words, state.lostCode);
    }
  }

  private placeText(position: number | undefined): string {
    const { status } = this.options.words;
    return position === undefined ? status.waiting : position === 1 ? status.next : status.position(position);
  }

  private typingText(name: string): string {
    return this.options.words.typing(name === '' ? this.options.words.message.agent : name);
  }
}

function activeIn(element: HTMLElement): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}
