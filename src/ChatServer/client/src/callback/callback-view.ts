import type { CallbackStatus } from '@copilot/contracts';
import { h } from '@copilot/shop-page';
import { callbackWordsFor, type CallbackWords } from '../locales/callback';
import { Asking } from './asking';
import { AskingForm } from './asking-form';
import { CallbackCard } from './callback-card';
import type { CallbackKey, CallbackPage, CallbackPart, CallbackTask } from './callback-task';
import { Clocks } from './clocks';
import { LiveCallback } from './live-callback';
import type { LoadNumbers } from './number-field';

/** A call-back from asking for it to its end: the form, then the card in its place. */
export class CallbackView implements CallbackPart {
  readonly element = h('div', { class: 'callback' });
  private readonly task: CallbackTask;
  private readonly page: CallbackPage;
  private readonly words: CallbackWords;
  private readonly loadNumbers: LoadNumbers;
  private readonly clocks: Clocks;
  private asking: Asking | undefined;
  private live: LiveCallback | undefined;
  private shown: AskingForm | CallbackCard | undefined;

  constructor(task: CallbackTask, page: CallbackPage, loadNumbers: LoadNumbers) {
    this.page = page;
    this.words = callbackWordsFor(page.locale);
    this.clocks = new Clocks(page.locale, this.words);
    this.loadNumbers = loadNumbers;
    this.task = {
      ...task,
      onAsked: (status, name) => {
        task.onAsked(status, name);
        this.showCard({ contactId: status.contactId }, status);
        this.shown?.focusFirst();
      },
    };
    if (task.key === undefined) {
      this.showForm();
    } else {
      this.showCard(task.key);
    }
  }

  focusFirst(): void {
    this.shown?.focusFirst();
  }

  escape(): boolean {
    return this.shown instanceof CallbackCard && this.shown.escape();
  }

  /** While the server is being asked there is no way back: it may have said yes already. */
  back(): void {
    if (this.asking?.isBusy !== true) {
      this.task.onBack?.();
    }
  }

  look(): void {
    this.live?.look();
    this.shown?.update();
  }

  dispose(): void {
    this.asking?.dispose();
    this.live?.dispose();
  }

  private showForm(): void {
    const asking = new Asking(this.task, () => {
      this.shown?.update();
    });
    const { topic = '', name, chatId } = this.task;
    const form = new AskingForm({
      words: this.words,
      locale: this.page.locale,
      asking,
      topicLabel: this.page.topicLabel(topic),
      name,
      isInstead: chatId !== undefined,
      clockOf: (zone) => this.clocks.of(zone),
      waitText: this.page.waitText,
      loadNumbers: this.loadNumbers,
    });
    this.asking = asking;
    this.show(form);
    void asking.look();
  }

  private showCard(key: CallbackKey, status?: CallbackStatus): void {
    this.asking?.dispose();
    this.asking = undefined;
    const { onChat, onAway, onAgain } = this.task;
    const update = () => {
      this.shown?.update();
    };
    const live = new LiveCallback(this.task, key, update, { status });
    this.live = live;
    const card = new CallbackCard({
      words: this.words,
      live,
      topicLabel: this.page.topicLabel,
      clockOf: (zone) => this.clocks.of(zone),
      waitText: this.page.waitText,
      managePage: this.page.managePage,
      isByLink: 'manageToken' in key,
      onChat: onChat && (() => void this.toChat(live)),
      onAgain,
      onAway,
    });
    this.show(card);
  }

  private async toChat(live: LiveCallback): Promise<void> {
    const result = await live.toChat();
    if (result) {
      this.task.onChat?.(result, live.topic);
    }
  }

  private show(view: AskingForm | CallbackCard): void {
    this.shown = view;
    this.element.replaceChildren(view.element);
  }
}
