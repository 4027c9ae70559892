import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { Words } from '../locales';
import { icon } from './icon';
import { topicLabel } from './topics-view';

/** The way back to the customer's call-backs from where something else can be asked. */
export class OpenCallbackButton {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly name = h('span', { class: 'topic-name' });
  private readonly note = h('bdi', { class: 'topic-note' });

  constructor(words: Words, onOpen: () => void) {
    this.words = words;
    this.element = h(
      'button',
      { type: 'button', class: 'way open-callback', on: { click: onOpen } },
      icon('phone'),
      h('span', { class: 'topic-text' }, this.name, this.note),
      icon('next'),
    );
  }

  update({ openCallbacks }: ChatState): void {
    const { open, openSeveral } = this.words.callback;
    const topics = [...new Set(openCallbacks)].map((topic) => topicLabel(this.words, topic));
    this.element.hidden = openCallbacks.length === 0;
    setText(this.name, openCallbacks.length > 1 ? openSeveral(openCallbacks.length) : open);
    setText(this.note, topics.join(', '));
  }
}
