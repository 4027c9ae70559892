import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { Words } from '../locales';
import { icon } from './icon';
import { topicLabel } from './topics-view';

/** The way back to the customer's call-back from where something else can be asked. */
export class OpenCallbackButton {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly note = h('bdi', { class: 'topic-note' });

  constructor(words: Words, onOpen: () => void) {
    this.words = words;
    this.element = h(
      'button',
      { type: 'button', class: 'way open-callback', on: { click: onOpen } },
      icon('phone'),
      h('span', { class: 'topic-text' }, h('span', { class: 'topic-name', text: words.callback.open }), this.note),
      icon('next'),
    );
  }

  update({ openCallback }: ChatState): void {
    this.element.hidden = openCallback === undefined;
    setText(this.note, topicLabel(this.words, openCallback ?? ''));
  }
}
