import type { Announcer } from '../notices/Announcer';
import type { PreferenceStore } from '../preferences/PreferenceStore';
import { customerName } from '../customer/customerName';
import { locales } from '../locales/locales';
import { Cleanup } from '../stores/Cleanup';
import type { OfferStore, OpenOffer } from './OfferStore';
import { offerWords } from './offerWords';
import type { Ringer } from './Ringer';

/** Makes an offer noticed by whoever looks elsewhere: sound, a notification when the page is hidden, a word to screen readers. */
export class OfferAlarm {
  private readonly offers: OfferStore;
  private readonly preferences: PreferenceStore;
  private readonly ringer: Ringer;
  private readonly announcer: Announcer;
  private readonly cleanup = new Cleanup();
  private offerId: string | undefined;
  private notification: Notification | undefined;

  constructor(offers: OfferStore, preferences: PreferenceStore, ringer: Ringer, announcer: Announcer) {
    this.offers = offers;
    this.preferences = preferences;
    this.ringer = ringer;
    this.announcer = announcer;
    const check = (): void => {
      this.check();
    };
    this.cleanup.add(offers.state.subscribe(check), preferences.state.subscribe(check));
  }

  dispose(): void {
    this.cleanup.run();
    this.quiet();
  }

  private check(): void {
    const offer = this.offers.state.get();
    if (offer && offer.answering === undefined && !this.preferences.state.get().muted) {
      this.ringer.start();
    } else {
      this.ringer.stop();
    }
    if (offer?.offerId !== this.offerId) {
      this.closeNotification();
      this.offerId = offer?.offerId;
      if (offer) {
        this.tell(offer);
      }
    }
  }

  private tell(offer: OpenOffer): void {
    const seconds = Math.round(this.offers.left(offer) / 1000);
    this.announcer.interrupt((m) =>
      offerWords(offer.kind, m).announce(customerName(offer.customer, m), offer.topic, seconds, 'Alt+A'),
    );
    if (document.visibilityState === 'hidden' && 'Notification' in window && Notification.permission === 'granted') {
      const m = locales[this.preferences.state.get().locale];
      const words = offerWords(offer.kind, m);
      this.notification = new Notification(words.notification, {
        body: words.notificationBody(customerName(offer.customer, m), offer.topic),
        tag: offer.offerId,
      });
      this.notification.onclick = () => {
        window.focus();
      };
    }
  }

  private quiet(): void {
    this.ringer.stop();
    this.closeNotification();
  }

  private closeNotification(): void {
    this.notification?.close();
    this.notification = undefined;
  }
}
