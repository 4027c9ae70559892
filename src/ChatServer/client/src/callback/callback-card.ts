import { h, setText } from '@copilot/shop-page';
import type { CallbackWords } from '../locales/callback';
import type { CallbackPage } from './callback-task';
import type { LiveCallback } from './live-callback';
import { ManageLink } from './manage-link';
import { problemWords } from './problems';
import { attemptWords, closedWords, headline, hints, isInVain } from './status-words';
import { WhenChoice } from './when-choice';
import type { ZoneTimes } from './zone-times';

export interface CallbackCardOptions {
  readonly words: CallbackWords;
  readonly live: LiveCallback;
  readonly topicLabel: (topic: string) => string;
  readonly clockOf: (zone: string | undefined) => ZoneTimes;
  readonly waitText: CallbackPage['waitText'];
  /** Of the link to it; undefined where it is that page. */
  readonly managePage: string | undefined;
  /** Known by its token alone. */
  readonly isByLink: boolean;
  readonly onChat: (() => void) | undefined;
  readonly onAgain: (() => void) | undefined;
  /** To something else: the topics, or another look. */
  readonly onAway: (() => void) | undefined;
}

type Question = 'move' | 'cancel' | undefined;

/** A call-back as it stands, and what its customer may do with it. */
export class CallbackCard {
  readonly element: HTMLElement;
  private readonly options: CallbackCardOptions;
  private readonly status = h('h3', { class: 'callback-status', tabindex: '-1' });
  /** Heard besides, as a heading is no live region. */
  private readonly spoken = h('p', { class: 'unseen', role: 'status' });
  private readonly hints = h('p', { class: 'intro', role: 'status' });
  private readonly lost = h('p', { class: 'warning', role: 'status' });
  private readonly facts = h('dl', { class: 'facts' });
  private readonly error = h('p', { class: 'error', role: 'alert' });
  private readonly moveButton: HTMLButtonElement;
  private readonly cancelButton: HTMLButtonElement;
  private readonly chatButton: HTMLButtonElement;
  private readonly againButton: HTMLButtonElement;
  private readonly retryButton: HTMLButtonElement;
  private readonly awayButton: HTMLButtonElement;
  private readonly actions: HTMLElement;
  private readonly moving: HTMLElement;
  private readonly when: WhenChoice;
  private readonly saveButton: HTMLButtonElement;
  private readonly confirm: HTMLElement;
  private readonly keepButton: HTMLButtonElement;
  private readonly manage: ManageLink;
  private question: Question;
  private drawnFacts = '';
  private news = '';

  constructor(options: CallbackCardOptions) {
    const { words, live, managePage, onChat, onAgain, onAway } = options;
    this.options = options;
    const button = (kind: string, text: string, click: () => void) =>
      h('button', { type: 'button', class: kind, text, on: { click } });
    this.moveButton = button('secondary', words.move.action, () => {
      this.ask('move');
    });
    this.cancelButton = button('secondary', words.cancel.action, () => {
      this.ask('cancel');
    });
    this.chatButton = button('secondary', words.chat.action, () => onChat?.());
    this.againButton = button('secondary', words.askAgain, () => onAgain?.());
    this.awayButton = button('link', '', () => onAway?.());
    this.retryButton = button('secondary', words.page.retry, () => {
      live.look();
    });
    this.actions = h('div', { class: 'buttons' }, this.moveButton, this.chatButton, this.cancelButton);
    this.when = new WhenChoice({
      words,
      times: live.times,
      topic: () => live.topic,
      waitText: options.waitText,
      isInLine: () => live.status?.position !== undefined,
      name: 'moved-when',
    });
    this.saveButton = button('primary', words.move.confirm, () => void this.move());
    this.moving = h(
      'div',
      { class: 'question-box', role: 'group', 'aria-label': words.move.heading },
      this.when.element,
      h(
        'div',
        { class: 'buttons' },
        button('secondary', words.move.keep, () => {
          this.ask(undefined);
        }),
        this.saveButton,
      ),
    );
    this.keepButton = button('secondary', words.cancel.keep, () => {
      this.ask(undefined);
    });
    this.confirm = h(
      'div',
      { class: 'question-box', role: 'group', 'aria-label': words.cancel.action },
      h('p', { text: words.cancel.question }),
      h(
        'div',
        { class: 'buttons' },
        this.keepButton,
        button('danger', words.cancel.confirm, () => {
          this.ask(undefined);
          void live.cancel();
        }),
      ),
    );
    this.manage = new ManageLink(words, managePage);
    this.element = h(
      'section',
      { class: 'step callback-card' },
      this.status,
      this.spoken,
      this.hints,
      this.lost,
      this.facts,
      this.error,
      this.actions,
      this.moving,
      this.confirm,
      this.manage.element,
      this.againButton,
      this.retryButton,
      this.awayButton,
    );
    this.update();
  }

  update(): void {
    const { words, live, onAway } = this.options;
    const { status, isClosed, isFree, busy } = live;
    const heldFocus = this.element.contains(this.active());
    this.updateWords();
    this.updateFacts();
    if (!isFree) {
      this.question = undefined;
    }
    // Nobody takes a call back that is being made.
    this.actions.hidden = !isFree || this.question !== undefined;
    this.chatButton.hidden = this.options.onChat === undefined;
    setText(this.chatButton, busy === 'chatting' ? words.chat.busy : words.chat.action);
    setText(this.cancelButton, busy === 'cancelling' ? words.cancel.busy : words.cancel.action);
    for (const each of [this.moveButton, this.cancelButton, this.chatButton]) {
      each.disabled = busy !== undefined;
    }
    setText(this.saveButton, busy === 'moving' ? words.move.saving : words.move.confirm);
    this.saveButton.setAttribute('aria-disabled', String(busy !== undefined));
    this.moving.hidden = this.question !== 'move';
    this.facts.hidden = !this.moving.hidden;
    this.confirm.hidden = this.question !== 'cancel';
    this.when.update(live.option?.callback, this.clock());
    setText(this.error, live.problem === undefined ? '' : problemWords(words, live.problem));
    setText(this.lost, live.isLost && !isClosed ? words.lost : '');
    this.manage.update(isClosed || this.question !== undefined ? undefined : status?.manageToken);
    this.retryButton.hidden = !live.isUnread;
    setText(this.awayButton, isClosed ? words.again : words.another);
    this.againButton.hidden = this.options.onAgain === undefined || !isClosed || !isInVain(status);
    this.awayButton.hidden = onAway === undefined || this.question !== undefined;
    if (heldFocus && isHiddenOrDisabled(this.active())) {
      // What had the focus went away under the customer's hands.
      this.status.focus();
    }
  }

  focusFirst(): void {
    this.status.focus();
  }

  escape(): boolean {
    const was = this.question !== undefined;
    if (was) {
      this.ask(undefined);
    }
    return was;
  }

  private updateWords(): void {
    const { words, live } = this.options;
    const { status } = live;
    if (live.isClosed) {
      const hint = isInVain(status) ? words.inVain : '';
      this.say(closedWords(words, status) ?? (live.isGone ? this.gone() : words.over), hint);
    } else if (status === undefined) {
      this.say(live.isUnread ? words.page.failed : words.status.opening, '');
    } else {
      const sight = {
        status,
        option: live.option?.callback,
        clock: this.clock(),
        now: new Date(),
        wait: this.options.waitText(status.estimatedWait),
      };
      this.say(headline(words, sight), hints(words, sight).join('\n'));
    }
  }

  private say(text: string, hint: string): void {
    setText(this.status, text);
    setText(this.spoken, this.news === '' ? text : `${this.news} ${text}`);
    setText(this.hints, hint);
  }

  private updateFacts(): void {
    const { words, live, topicLabel } = this.options;
    const { status } = live;
    const drawn = JSON.stringify([status?.topic, status?.callback, live.option?.callback?.rules.zone]);
    if (status === undefined || drawn === this.drawnFacts) {
      return;
    }
    this.drawnFacts = drawn;
    const { phone, attempts, note } = status.callback;
    const [clock, now] = [this.clock(), new Date()];
    const fact = (name: string, ...values: readonly HTMLElement[]) =>
      values.length > 0 ? [h('div', {}, h('dt', { text: name }), ...values)] : [];
    this.facts.replaceChildren(
      ...fact(words.status.number, h('dd', {}, h('bdi', { dir: 'ltr', text: phone }))),
      ...fact(words.status.about, h('dd', {}, h('bdi', { text: topicLabel(status.topic) }))),
      ...fact(
        words.status.attempts,
        ...attempts.map((attempt) => h('dd', { text: attemptWords(words, attempt, clock, now) })),
      ),
      ...(note === undefined ? [] : fact(words.status.note, h('dd', { class: 'note', dir: 'auto', text: note }))),
    );
  }

  private async move(): Promise<void> {
    const { words, live } = this.options;
    const chosen = this.when.read();
    if (chosen && (await live.move(chosen.when))) {
      this.news = words.move.done;
      this.ask(undefined);
      this.news = '';
      this.status.focus();
    }
  }

  private ask(question: Question): void {
    const before = this.question;
    this.question = question;
    this.update();
    if (question === 'move') {
      this.when.focus();
    } else if (question === 'cancel') {
      this.keepButton.focus();
    } else {
      (before === 'move' ? this.moveButton : this.cancelButton).focus();
    }
  }

  private gone(): string {
    const { words, isByLink } = this.options;
    return isByLink ? words.page.badLink : words.gone;
  }

  private clock(): ZoneTimes {
    return this.options.clockOf(this.options.live.option?.callback?.rules.zone);
  }

  private active(): Element | null {
    const root = this.element.getRootNode();
    return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
  }
}

function isHiddenOrDisabled(element: Element | null): boolean {
  return element === null || element.closest('[hidden]') !== null || (element as HTMLButtonElement).disabled;
}
