import { Store } from '../stores/Store';
import type { Said } from './NoticeStore';

export interface Announcement {
  readonly id: number;
  readonly say: Said;
}

/**
 * What screen readers are told. Only what is new is announced, by regions of their own: a live region around a
 * conversation would read out its whole history when one is opened.
 */
export class Announcer {
  readonly polite = new Store<Announcement | undefined>(undefined);
  readonly assertive = new Store<Announcement | undefined>(undefined);
  private lastId = 0;

  /** When the reader is idle: messages. */
  tell(say: Said): void {
    this.polite.set({ id: ++this.lastId, say });
  }

  /** At once: offers, which expire. */
  interrupt(say: Said): void {
    this.assertive.set({ id: ++this.lastId, say });
  }
}
