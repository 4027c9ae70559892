import { ContactKinds, EventCodes, type LogEntry, Roles } from '@copilot/contracts';
import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { Delivery, MessageRow, Row } from '../conversation/timeline';
import { errorWords, type Words } from '../locales';
import type { Dates } from './dates';
import { icon } from './icon';
import { linkedText } from './linked-text';

export interface MessageListOptions {
  readonly words: Words;
  readonly dates: Dates;
  readonly onRetry: (messageId: string) => void;
  readonly onDiscard: (messageId: string) => void;
}

interface Drawn {
  readonly element: HTMLElement;
  readonly update: (row: Row, place: Place, state: ChatState) => void;
}

interface Place {
  /** The customer's newest message: the one whose delivery is worth a word. */
  readonly isLastOwn: boolean;
  /** Nothing of the same author and minute follows, so the time is said here. */
  readonly endsRun: boolean;
}

/** Closer to the end than this counts as being at it. */
const NEAR_END_PX = 60;

/**
 * The log on screen. Rows keep their elements while they change, so a live region announces additions only; while history is filled in
 * it is busy and announces nothing. Scrolls along unless the customer is reading further up.
 */
export class MessageList {
  readonly element: HTMLElement;
  private readonly options: MessageListOptions;
  private readonly log: HTMLElement;
  private readonly newer: HTMLButtonElement;
  private drawn = new Map<string, Drawn>();
  /** At the end, and to be kept there when the window around the log shrinks or grows. */
  private sticks = true;

  constructor(options: MessageListOptions) {
    this.options = options;
    this.log = h('div', {
      class: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-relevant': 'additions',
      'aria-label': options.words.message.log,
      tabindex: '0',
      on: {
        scroll: () => {
          this.sticks = this.isAtEnd();
          this.newer.hidden ||= this.sticks;
        },
      },
    });
    this.newer = h(
      'button',
      {
        type: 'button',
        class: 'newer',
        on: {
          click: () => {
            this.toEnd();
          },
        },
      },
      icon('down'),
      options.words.message.newer,
    );
    this.newer.hidden = true;
    this.element = h('div', { class: 'log-frame' }, this.log, this.newer);
    new ResizeObserver(() => {
      if (this.sticks) {
        this.toEnd();
      }
    }).observe(this.log);
  }

  update(state: ChatState): void {
    const isHistory = this.drawn.size === 0;
    this.log.setAttribute('aria-busy', String(isHistory && state.rows.length > 1));
    const added = this.draw(state);
    const last = state.rows.at(-1);
    if (this.sticks || (added && (isHistory || (last?.kind === 'message' && last.own)))) {
      this.toEnd();
    } else if (added) {
      this.newer.hidden = false;
    }
    if (isHistory) {
      requestAnimationFrame(() => {
        this.log.setAttribute('aria-busy', 'false');
      });
    }
  }

  toEnd(): void {
    this.sticks = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }

  private draw(state: ChatState): boolean {
    const kept = new Map<string, Drawn>();
    const lastOwn = state.rows.findLast((row) => row.kind === 'message' && row.own);
    let added = false;
    let place = this.log.firstElementChild;
    for (const [index, row] of state.rows.entries()) {
      const drawn = this.drawn.get(row.key) ?? this.make(row);
      added ||= !this.drawn.has(row.key);
      drawn.update(row, { isLastOwn: row === lastOwn, endsRun: this.endsRun(row, state.rows[index + 1]) }, state);
      kept.set(row.key, drawn);
      if (drawn.element === place) {
        place = place.nextElementSibling;
      } else {
        this.log.insertBefore(drawn.element, place);
      }
    }
    for (const [key, { element }] of this.drawn) {
      if (!kept.has(key)) {
        element.remove();
      }
    }
    this.drawn = kept;
    return added;
  }

  private make(row: Row): Drawn {
    const { words, dates } = this.options;
    if (row.kind === 'message') {
      return this.makeMessage(row);
    }
    if (row.kind === 'day') {
      const element = h('p', { class: 'day' }, h('span', { text: dates.day(row.at, new Date()) }));
      return { element, update: () => undefined };
    }
    const element = h('p', { class: 'event', dir: 'auto' });
    return {
      element,
      update: () => {
        setText(element, eventText(words, row.entry));
      },
    };
  }

  private makeMessage(row: MessageRow): Drawn {
    const { words, dates } = this.options;
    const author = h('p', { class: 'author' });
    const meta = h('p', { class: 'meta' });
    const actions = h('p', { class: 'actions' });
    const text = h('p', { class: 'text', dir: 'auto' }, ...linkedText(row.text, words.message.newTab));
    const element = h(
      'div',
      { class: row.own ? 'message own' : 'message' },
      author,
      h('div', { class: 'bubble' }, text),
      meta,
      actions,
    );
    const update = (now: Row, { isLastOwn, endsRun }: Place, state: ChatState) => {
      if (now.kind !== 'message') {
        return;
      }
      const name =
        now.author === undefined ? undefined : now.own ? words.message.you : now.author.name || words.message.agent;
      element.classList.toggle('follows', name === undefined);
      author.replaceChildren(...(name === undefined ? [] : [h('bdi', { text: name })]));
      element.dataset['delivery'] = now.delivery ?? '';
      const isNews = isLastOwn || (now.delivery !== 'sent' && now.delivery !== 'read');
      const delivery = now.own && isNews ? deliveryText(words, now.delivery, state) : '';
      const time = endsRun || delivery !== '' ? dates.time(now.at) : '';
      setText(meta, [time, delivery].filter((part) => part !== '').join(' · '));
      this.updateActions(actions, now, state);
    };
    return { element, update };
  }

  private updateActions(actions: HTMLElement, row: MessageRow, state: ChatState): void {
    const { words, onRetry, onDiscard } = this.options;
    const wanted = row.delivery === 'failed' ? `${row.errorCode ?? ''} ${state.stage}` : '';
    if (actions.dataset['shows'] === wanted) {
      return;
    }
    actions.dataset['shows'] = wanted;
    actions.replaceChildren();
    if (row.delivery !== 'failed') {
      return;
    }
    const button = (label: string, act: (messageId: string) => void) =>
      h('button', {
        type: 'button',
        class: 'link',
        text: label,
        on: {
          click: () => {
            act(row.messageId);
          },
        },
      });
    actions.append(h('span', { role: 'alert', text: errorWords(words, row.errorCode ?? '') }));
    if (state.stage !== 'closed') {
      actions.append(button(words.message.retry, onRetry));
    }
    actions.append(button(words.message.discard, onDiscard));
  }

  private endsRun(row: Row, next: Row | undefined): boolean {
    const isFollowed = next?.kind === 'message' && next.author === undefined && row.kind === 'message';
    return !isFollowed || this.options.dates.time(row.at) !== this.options.dates.time(next.at);
  }

  private isAtEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }
}

function deliveryText(words: Words, delivery: Delivery | undefined, state: ChatState): string {
  const { sending, waiting, held, sent, read, failed } = words.message;
  const texts: Readonly<Record<Delivery, string>> = {
    sending: state.connection === 'connected' ? sending : waiting,
    held,
    sent,
    read,
    failed,
  };
  return delivery === undefined ? '' : texts[delivery];
}

export function eventText(words: Words, entry: LogEntry): string {
  const { event } = words;
  const name = entry.data?.['agentName'] ?? words.message.agent;
  switch (entry.text) {
    case EventCodes.agentJoined:
      return entry.data?.['kind'] === ContactKinds.callback ? event.agent_calls(name) : event.agent_joined(name);
    case EventCodes.agentAway:
      return event.agent_away(name);
    case EventCodes.transferred:
      return event.transferred(name);
    case EventCodes.switched:
      return entry.data?.['kind'] === ContactKinds.callback ? event.toCallback : event.toChat;
    case EventCodes.callFailed:
      return event.call_failed;
    case EventCodes.inactivityWarning:
      return event.inactivity_warning(Number(entry.data?.['seconds']));
    case EventCodes.ended:
      return endedText(words, entry.data?.['by']);
    default:
      return event.unknown;
  }
}

function endedText({ event }: Words, by: string | undefined): string {
  switch (by) {
    case Roles.customer:
      return event.endedByYou;
    case Roles.agent:
    case Roles.supervisor:
      return event.endedByAgent;
    default:
      return event.ended;
  }
}
