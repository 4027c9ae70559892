import { h, setText } from '@copilot/shop-page';
import type { CallbackListTask, CallbackPage, CallbackPart, CallbackTask } from '../callback/callback-task';
import type { LoadCallback } from '../callback/load-callback';
import type { ChatState } from '../chat-state';
import type { Words } from '../locales';
import { topicLabel } from './topics-view';
import { waitText } from './waits';

export interface CallbackFrameOptions {
  readonly words: Words;
  readonly page: CallbackPage;
  readonly load: LoadCallback;
}

/** Where call-backs are asked for and shown, by a script that is fetched when somebody comes here. */
export class CallbackFrame {
  readonly element: HTMLElement;
  private readonly options: CallbackFrameOptions;
  private readonly news = h('p', { role: 'status', tabindex: '-1' });
  private readonly retry: HTMLButtonElement;
  private readonly loading: HTMLElement;
  private task: CallbackTask | CallbackListTask | undefined;
  private part: CallbackPart | undefined;
  /** The button that was pressed stays where it is, and what it leads to takes the focus. */
  private goesBack = false;

  constructor(options: CallbackFrameOptions) {
    this.options = options;
    this.retry = h('button', {
      type: 'button',
      class: 'secondary',
      text: options.words.callback.retry,
      on: {
        click: () => {
          void this.mount();
        },
      },
    });
    this.loading = h('div', { class: 'step' }, this.news, this.retry);
    this.element = h('section', { class: 'callback-frame' }, this.loading);
  }

  update({ callback }: ChatState): void {
    if (callback !== this.task) {
      const heldFocus = this.goesBack || this.holdsFocus(this.element);
      this.part?.dispose();
      this.part = undefined;
      this.task = callback;
      this.element.replaceChildren(this.loading);
      if (callback) {
        if (heldFocus) {
          this.news.focus();
        }
        void this.mount();
      }
    }
    this.goesBack = false;
  }

  focusFirst(): void {
    if (this.part) {
      this.part.focusFirst();
    } else {
      this.news.focus();
    }
  }

  escape(): boolean {
    return this.part?.escape() ?? false;
  }

  back(): void {
    this.goesBack = true;
    if (this.part) {
      this.part.back();
    } else {
      this.task?.onBack?.();
    }
  }

  /** Times that were said by today and tomorrow, and what was missed, may be old. */
  shown(): void {
    this.part?.look();
  }

  private async mount(): Promise<void> {
    const { words, page, load } = this.options;
    const { task } = this;
    setText(this.news, words.callback.opening);
    this.retry.hidden = true;
    try {
      const script = await load();
      if (task && task === this.task && !this.part) {
        const heldFocus = this.holdsFocus(this.loading);
        this.part = 'callbacks' in task ? script.mountCallbackList(task, page) : script.mountCallback(task, page);
        this.element.replaceChildren(this.part.element);
        if (heldFocus) {
          this.part.focusFirst();
        }
      }
    } catch {
      setText(this.news, words.callback.failed);
      this.retry.hidden = false;
    }
  }

  private holdsFocus(part: HTMLElement): boolean {
    return part.contains((this.element.getRootNode() as ShadowRoot).activeElement);
  }
}

/** @param managePage The shop's page for managing call-backs from other devices, if it has one. */
export function callbackPageOf(words: Words, locale: string, managePage: string | undefined): CallbackPage {
  return {
    locale,
    managePage,
    topicLabel: (topic) => topicLabel(words, topic),
    waitText: (range) => waitText(words, range),
  };
}
