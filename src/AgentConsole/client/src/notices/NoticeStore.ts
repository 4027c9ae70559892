import type { Messages } from '../locales/en';
import { Store } from '../stores/Store';

export type NoticeTone = 'info' | 'warning';

/** A text in whatever language is chosen when it is shown. */
export type Said = (messages: Messages) => string;

export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly say: Said;
}

/** More would cover the page; the oldest goes. */
const most = 4;

/** How long a notice without a warning stays. */
const infoMs = 10_000;

/** What the agent should know and need not answer. Warnings stay until closed. */
export class NoticeStore {
  readonly state = new Store<readonly Notice[]>([]);
  private lastId = 0;

  info(say: Said): void {
    const id = this.add('info', say);
    setTimeout(() => {
      this.dismiss(id);
    }, infoMs);
  }

  warn(say: Said): void {
    this.add('warning', say);
  }

  dismiss(id: number): void {
    this.state.update((notices) => notices.filter((notice) => notice.id !== id));
  }

  clear(): void {
    this.state.set([]);
  }

  private add(tone: NoticeTone, say: Said): number {
    const id = ++this.lastId;
    this.state.update((notices) => [...notices, { id, tone, say }].slice(-most));
    return id;
  }
}
