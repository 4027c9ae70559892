import type { AcceptOfferResult, OfferedEvent, OfferWithdrawnEvent } from '@copilot/contracts';
import { ErrorCodes, isRetriable, parseHubError, Reasons } from '@copilot/contracts';
import type { ServerClock } from '../clock/ServerClock';
import type { ChatHub } from '../connection/ChatHub';
import type { NoticeStore } from '../notices/NoticeStore';
import { Store } from '../stores/Store';
import { offerWords } from './offerWords';
import { withdrawnText } from './withdrawnText';

export interface OpenOffer extends OfferedEvent {
  /** When it came here, by the local clock: the whole of the countdown's bar. */
  readonly shownAt: number;
  readonly answering: 'accept' | 'decline' | undefined;
  readonly failed: boolean;
}

/** The server's word that an offer ran out may be lost; after this long past its end the card goes by itself. */
const lingerMs = 3_000;

/** The offer in front of the agent; there is at most one. */
export class OfferStore {
  readonly state = new Store<OpenOffer | undefined>(undefined);
  private readonly hub: ChatHub;
  private readonly clock: ServerClock;
  private readonly notices: NoticeStore;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(hub: ChatHub, clock: ServerClock, notices: NoticeStore) {
    this.hub = hub;
    this.clock = clock;
    this.notices = notices;
  }

  /** Milliseconds until an answer would be too late; never below 0. */
  left(offer: OpenOffer, serverNow: number = this.clock.now()): number {
    return Math.max(0, Date.parse(offer.expiresAt) - serverNow);
  }

  show(offer: OfferedEvent): void {
    if (this.state.get()?.offerId === offer.offerId) {
      return;
    }
    const open: OpenOffer = { ...offer, shownAt: this.clock.local(), answering: undefined, failed: false };
    this.state.set(open);
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.ranOut(offer.offerId);
      },
      this.left(open) + lingerMs,
    );
  }

  withdraw(event: OfferWithdrawnEvent): void {
    const offer = this.state.get();
    if (offer?.offerId !== event.offerId) {
      return;
    }
    // What the agent just did here is no news to them; the answer of their call follows.
    if (offer.answering === undefined) {
      this.notices.info(withdrawnText(offer.kind, event.reason));
    }
    if (offer.answering !== 'accept') {
      this.clear();
    }
  }

  /** The server has no open offer for this agent. */
  clear(): void {
    clearTimeout(this.timer);
    this.state.set(undefined);
  }

  /** Undefined when it did not work; the reason is shown. */
  async accept(): Promise<{ readonly offer: OpenOffer; readonly result: AcceptOfferResult } | undefined> {
    const offer = this.begin('accept');
    if (!offer) {
      return undefined;
    }
    try {
      const result = await this.hub.call('AcceptOffer', { offerId: offer.offerId });
      this.clearIf(offer);
      return { offer, result };
    } catch (error) {
      this.refused(offer, error);
      return undefined;
    }
  }

  async decline(): Promise<void> {
    const offer = this.begin('decline');
    if (!offer) {
      return;
    }
    try {
      await this.hub.call('DeclineOffer', { offerId: offer.offerId });
      this.clearIf(offer);
    } catch (error) {
      this.refused(offer, error);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private begin(answering: 'accept' | 'decline'): OpenOffer | undefined {
    const offer = this.state.get();
    if (!offer || offer.answering !== undefined) {
      return undefined;
    }
    this.state.set({ ...offer, answering, failed: false });
    return offer;
  }

  private refused(offer: OpenOffer, error: unknown): void {
    const { code } = parseHubError(error);
    if (this.state.get()?.offerId !== offer.offerId) {
      return;
    }
    if (isRetriable(code)) {
      // The outcome is unknown: both answers can be given again.
      this.state.set({ ...offer, failed: true });
      return;
    }
    this.clear();
    this.notices.info((m) => {
      const words = offerWords(offer.kind, m);
      return code === ErrorCodes.stale ? words.stale : words.failed;
    });
  }

  private ranOut(offerId: string): void {
    const offer = this.state.get();
    if (offer?.offerId === offerId && offer.answering === undefined) {
      this.clear();
      this.notices.info(withdrawnText(offer.kind, Reasons.notAnswered));
    }
  }

  private clearIf(offer: OpenOffer): void {
    if (this.state.get()?.offerId === offer.offerId) {
      this.clear();
    }
  }
}
