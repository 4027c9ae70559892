import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { Words } from '../locales';
import type { TopicOption } from '../topics/topic-options';
import type { Dates } from './dates';
import { icon } from './icon';
import { withWait } from './waits';
import { OpenCallbackButton } from './open-callback-button';

/** The first step: what is it about? */
export class TopicsView {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly dates: Dates;
  private readonly intro = h('p', { class: 'intro' });
  private readonly list = h('ul', { class: 'topics' });
  private readonly buttons = new Map<string, { button: HTMLButtonElement; note: HTMLElement }>();
  private readonly onChoose: (topic: string) => void;
  private readonly openCallback: OpenCallbackButton;

  constructor(words: Words, dates: Dates, onChoose: (topic: string) => void, onCallback: () => void) {
    this.words = words;
    this.dates = dates;
    this.onChoose = onChoose;
    this.openCallback = new OpenCallbackButton(words, onCallback);
    this.element = h(
      'section',
      { class: 'step' },
      this.openCallback.element,
      h('h3', { text: words.topics.heading }),
      this.intro,
      this.list,
    );
  }

  update(state: ChatState): void {
    this.openCallback.update(state);
    setText(this.intro, state.topics.length > 0 ? this.words.topics.intro : this.words.topics.none);
    for (const option of state.topics) {
      const { button, note } = this.buttons.get(option.topic) ?? this.add(option.topic);
      setText(note, topicNote(this.words, this.dates, option));
      button.dataset['availability'] = option.availability;
    }
  }

  focusFirst(): void {
    this.list.querySelector('button')?.focus();
  }

  private add(topic: string): { button: HTMLButtonElement; note: HTMLElement } {
    const note = h('span', { class: 'topic-note' });
    const button = h(
      'button',
      {
        type: 'button',
        class: 'topic',
        on: {
          click: () => {
            this.onChoose(topic);
          },
        },
      },
      h('span', { class: 'topic-text' }, h('bdi', { class: 'topic-name', text: topicLabel(this.words, topic) }), note),
      icon('next'),
    );
    const added = { button, note };
    this.buttons.set(topic, added);
    this.list.append(h('li', {}, button));
    return added;
  }
}

/** A topic without words of ours is shown as the page names it. */
export function topicLabel(words: Words, topic: string): string {
  return words.topics.known[topic] ?? topic;
}

export function topicNote(words: Words, dates: Dates, option: TopicOption): string {
  if (option.availability === 'open') {
    const open =
      option.waiting > 0 ? `${words.topics.open} · ${words.topics.waiting(option.waiting)}` : words.topics.open;
    return withWait(words, open, option.estimatedWait);
  }
  if (option.availability === 'closed') {
    return option.opensAt ? words.topics.opens(dates.opening(option.opensAt, new Date())) : words.topics.closed;
  }
  return option.availability === 'unknown' ? words.topics.unknown : '';
}
