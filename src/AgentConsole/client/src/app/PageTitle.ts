import { customerName } from '../customer/customerName';
import { locales } from '../locales/locales';
import type { OfferStore } from '../offers/OfferStore';
import { offerWords } from '../offers/offerWords';
import type { PreferenceStore } from '../preferences/PreferenceStore';
import { Cleanup } from '../stores/Cleanup';
import type { Readable } from '../stores/Store';

const flashMs = 1_000;

/** The tab's title: how much is unread, and in turns with it the offer that waits. */
export class PageTitle {
  private readonly unread: Readable<number>;
  private readonly offers: OfferStore;
  private readonly preferences: PreferenceStore;
  private readonly cleanup = new Cleanup();
  private timer: ReturnType<typeof setInterval> | undefined;
  private showsOffer = false;

  constructor(unread: Readable<number>, offers: OfferStore, preferences: PreferenceStore) {
    this.unread = unread;
    this.offers = offers;
    this.preferences = preferences;
    const changed = (): void => {
      this.changed();
    };
    this.cleanup.add(unread.subscribe(changed), offers.state.subscribe(changed), preferences.state.subscribe(changed));
    this.changed();
  }

  dispose(): void {
    this.cleanup.run();
    this.stop();
    document.title = locales[this.preferences.state.get().locale].product;
  }

  private changed(): void {
    if (this.offers.state.get() === undefined) {
      this.stop();
    } else if (this.timer === undefined) {
      this.showsOffer = true;
      // Who asked for less motion gets the offer without the flashing.
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.timer = setInterval(() => {
        this.showsOffer = still || !this.showsOffer;
        this.write();
      }, flashMs);
    }
    this.write();
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.showsOffer = false;
  }

  private write(): void {
    const m = locales[this.preferences.state.get().locale];
    const offer = this.offers.state.get();
    const unread = this.unread.get();
    const plain = unread > 0 ? `(${unread}) ${m.product}` : m.product;
    document.title =
      offer && this.showsOffer ? `● ${offerWords(offer.kind, m).label(customerName(offer.customer, m))}` : plain;
  }
}
