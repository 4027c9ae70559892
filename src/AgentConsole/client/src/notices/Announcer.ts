import { Store } from '../stores/Store';
import type { Said } from './NoticeStore';

export interface Announcement {
  readonly id: number;
  readonly say: Said;
}

/** Long enough to begin reading it out; what stands there longer is found again by whoever reads the page, when it is not true any more. */
const STANDS_MS = 10_000;

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
    this.put(this.polite, say);
  }

  /** At once: offers, which expire. */
  interrupt(say: Said): void {
    this.put(this.assertive, say);
  }

  private put(region: Store<Announcement | undefined>, say: Said): void {
    const announcement = { id: ++this.lastId, say };
    region.set(announcement);
    setTimeout(() => {
      region.update((standing) => (standing === announcement ? undefined : standing));
    }, STANDS_MS);
  }
}
