import { h, setText } from '@copilot/shop-page';
import { callbackWordsFor, type CallbackWords } from '../locales/callback';
import { icon } from '../view/icon';
import type { CallbackListTask, CallbackPage, CallbackPart } from './callback-task';
import { Clocks } from './clocks';
import { LiveCallback } from './live-callback';
import { closedWords, headline } from './status-words';

/** All call-backs of the customer, each with how it stands; a click shows one. */
export class CallbackList implements CallbackPart {
  readonly element: HTMLElement;
  private readonly task: CallbackListTask;
  private readonly words: CallbackWords;
  private readonly heading: HTMLElement;
  /** Buttons are no live region, so what changes in one is said here. */
  private readonly spoken = h('p', { class: 'unseen', role: 'status' });
  private readonly rows: readonly CallbackRow[];

  constructor(task: CallbackListTask, page: CallbackPage) {
    const words = callbackWordsFor(page.locale);
    const clocks = new Clocks(page.locale, words);
    this.task = task;
    this.words = words;
    this.heading = h('h3', { tabindex: '-1', text: words.list.heading });
    this.rows = task.callbacks.map(
      (each) =>
        new CallbackRow(task, each, { words, page, clocks }, (news) => {
          setText(this.spoken, news);
        }),
    );
    this.element = h(
      'div',
      { class: 'callback' },
      h(
        'section',
        { class: 'step callback-list' },
        this.heading,
        this.spoken,
        h('ul', { class: 'topics' }, ...this.rows.map((row) => h('li', {}, row.element))),
        h('button', { type: 'button', class: 'link', text: this.words.another, on: { click: task.onBack } }),
      ),
    );
  }

  focusFirst(): void {
    this.heading.focus();
  }

  escape(): boolean {
    return false;
  }

  back(): void {
    this.task.onBack();
  }

  look(): void {
    this.rows.forEach((row) => {
      row.look();
    });
  }

  dispose(): void {
    this.rows.forEach((row) => {
      row.dispose();
    });
  }
}

interface RowSurroundings {
  readonly words: CallbackWords;
  readonly page: CallbackPage;
  readonly clocks: Clocks;
}

class CallbackRow {
  readonly element: HTMLElement;
  private readonly around: RowSurroundings;
  private readonly live: LiveCallback;
  private readonly name = h('bdi', { class: 'topic-name' });
  private readonly note = h('span', { class: 'topic-note' });
  private readonly number = h('bdi', { class: 'topic-note', dir: 'ltr' });
  private readonly tell: (news: string) => void;
  private shown = '';

  constructor(
    task: CallbackListTask,
    { contactId, topic }: CallbackListTask['callbacks'][number],
    around: RowSurroundings,
    tell: (news: string) => void,
  ) {
    this.around = around;
    this.tell = tell;
    this.element = h(
      'button',
      {
        type: 'button',
        class: 'way',
        on: {
          click: () => {
            task.onOpen(contactId);
          },
        },
      },
      h('span', { class: 'topic-text' }, this.name, this.note, this.number),
      icon('next'),
    );
    const { site, api, session, pageUrl } = task;
    this.live = new LiveCallback(
      {
        site,
        api,
        session,
        pageUrl,
        topic,
        option: undefined,
        onEnded: () => {
          task.onEnded(contactId);
        },
      },
      { contactId },
      () => {
        this.update();
      },
    );
    this.update();
  }

  look(): void {
    this.live.look();
    this.update();
  }

  dispose(): void {
    this.live.dispose();
  }

  private update(): void {
    const { status, topic } = this.live;
    const { page } = this.around;
    const about = page.topicLabel(topic);
    setText(this.name, about);
    setText(this.number, status?.callback.phone ?? '');
    const text = this.stateText();
    if (text !== this.shown) {
      const isNews = status !== undefined && this.shown !== '' && this.shown !== this.around.words.status.opening;
      this.shown = text;
      setText(this.note, text);
      if (isNews) {
        this.tell(`${about}: ${text}`);
      }
    }
  }

  private stateText(): string {
    const { words, clocks, page } = this.around;
    const { status, option, isClosed, isGone, isUnread } = this.live;
    if (isClosed) {
      return closedWords(words, status) ?? (isGone ? words.gone : words.over);
    }
    if (status === undefined) {
      return isUnread ? words.page.failed : words.status.opening;
    }
    const callback = option?.callback;
    const wait = page.waitText(status.estimatedWait);
    return headline(words, { status, option: callback, clock: clocks.of(callback?.rules.zone), now: new Date(), wait });
  }
}
