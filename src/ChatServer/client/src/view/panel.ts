import { h } from '@copilot/shop-page';
import type { ChatController } from '../chat-controller';
import type { ChatState } from '../chat-state';
import type { LoadCallback } from '../callback/load-callback';
import { wordsFor } from '../locales';
import { CallbackFrame, callbackPageOf } from './callback-frame';
import { ConversationView } from './conversation-view';
import { Dates } from './dates';
import { FormView } from './form-view';
import { icon } from './icon';
import { TopicsView } from './topics-view';

export interface PanelOptions {
  readonly controller: ChatController;
  readonly locale: string;
  readonly codePage: string | undefined;
  readonly callbackPage: string | undefined;
  readonly loadCallback: LoadCallback;
  /** Where the focus goes when the panel is put away. */
  readonly returnFocus: () => void;
}

/** The chat's window: a dialog that leaves the page usable. */
export class Panel {
  readonly element: HTMLElement;
  private readonly options: PanelOptions;
  private readonly title = h('h2', { id: 'title', tabindex: '-1' });
  private readonly backButton: HTMLButtonElement;
  private readonly topics: TopicsView;
  private readonly form: FormView;
  private readonly conversation: ConversationView;
  private readonly callback: CallbackFrame;
  private view: ChatState['view'] | undefined;
  private isOpen = false;

  constructor(options: PanelOptions) {
    const { controller, locale, codePage, callbackPage } = options;
    const words = wordsFor(locale);
    const dates = new Dates(locale, words);
    this.options = options;
    const openCallback = () => {
      controller.callbacks.resume();
    };
    const askToBeCalled = controller.askToBeCalled.bind(controller);
    this.topics = new TopicsView(words, dates, controller.chooseTopic.bind(controller), openCallback);
    this.form = new FormView({
      words,
      dates,
      onStart: controller.start.bind(controller),
      onCallback: askToBeCalled,
      onOpenCallback: openCallback,
    });
    this.callback = new CallbackFrame({
      words,
      page: callbackPageOf(words, locale, callbackPage),
      load: options.loadCallback,
    });
    this.conversation = new ConversationView({
      words,
      dates,
      codePage,
      draft: controller.draft,
      onSend: controller.send.bind(controller),
      onTyped: controller.typed.bind(controller),
      onRetry: controller.retry.bind(controller),
      onDiscard: controller.discard.bind(controller),
      onJoin: controller.acceptInvitation.bind(controller),
      onDecline: controller.declineInvitation.bind(controller),
      onEnd: controller.end.bind(controller),
      onStartAgain: controller.startAgain.bind(controller),
      onCallback: askToBeCalled,
    });
    this.title.textContent = words.title;
    this.backButton = h(
      'button',
      {
        type: 'button',
        class: 'round',
        'aria-label': words.back,
        on: {
          click: () => {
            this.back();
          },
        },
      },
      icon('back'),
    );
    const minimise = h(
      'button',
      {
        type: 'button',
        class: 'round',
        'aria-label': words.minimise,
        on: { click: controller.minimise.bind(controller) },
      },
      icon('minimise'),
    );
    this.element = h(
      'div',
      {
        class: 'panel',
        role: 'dialog',
        'aria-labelledby': 'title',
        lang: locale,
        on: {
          keydown: (event) => {
            this.keyPressed(event);
          },
        },
      },
      h('div', { class: 'header' }, this.backButton, this.title, minimise),
      this.topics.element,
      this.form.element,
      this.conversation.element,
      this.callback.element,
    );
    this.element.hidden = true;
    controller.onChange(() => {
      this.update(controller.state);
    });
    this.update(controller.state);
  }

  private get views() {
    const { topics, form, conversation, callback } = this;
    return { topics, form, conversation, callback };
  }

  private back(): void {
    if (this.view === 'callback') {
      this.callback.back();
    } else {
      this.options.controller.back();
    }
  }

  private update(state: ChatState): void {
    const isNewView = this.view !== state.view;
    this.view = state.view;
    const { views } = this;
    for (const [name, view] of Object.entries(views)) {
      view.element.hidden = name !== state.view;
      view.update(state);
    }
    if (isNewView && state.view === 'conversation') {
      this.form.clear();
    }
    this.backButton.hidden = state.view === 'form' ? !state.canGoBack : state.view !== 'callback';
    this.setOpen(state.isOpen);
    if (isNewView && this.isOpen && this.holdsFocus()) {
      views[state.view].focusFirst();
    }
  }

  private setOpen(isOpen: boolean): void {
    if (this.isOpen === isOpen) {
      return;
    }
    const heldFocus = this.holdsFocus();
    this.isOpen = isOpen;
    this.element.hidden = !isOpen;
    if (isOpen) {
      this.conversation.shown();
      this.callback.shown();
    } else if (heldFocus) {
      this.options.returnFocus();
    }
  }

  /** The customer opened it, so it takes the focus; on glass only its title, lest a keyboard covers what it says. */
  takeFocus(): void {
    const { controller } = this.options;
    if (matchMedia('(pointer: coarse)').matches) {
      this.title.focus();
      return;
    }
    this.views[controller.state.view].focusFirst();
  }

  private keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      if (!this.conversation.escape() && !this.callback.escape()) {
        this.options.controller.minimise();
      }
    }
  }

  private holdsFocus(): boolean {
    const root = this.element.getRootNode();
    return root instanceof ShadowRoot && this.element.contains(root.activeElement);
  }
}
