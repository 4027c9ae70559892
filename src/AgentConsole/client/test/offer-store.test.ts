import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServerClock } from '../src/clock/ServerClock';
import { en } from '../src/locales/en';
import { NoticeStore } from '../src/notices/NoticeStore';
import { OfferStore } from '../src/offers/OfferStore';
import { FakeHub } from './fakeHub';
import { offered } from './fixtures';

const flush = () => vi.advanceTimersByTimeAsync(0);

let hub: FakeHub;
let notices: NoticeStore;
let clock: ServerClock;
let offers: OfferStore;

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  hub.connect();
  notices = new NoticeStore();
  clock = new ServerClock();
  offers = new OfferStore(hub, clock, notices);
});

afterEach(() => {
  vi.useRealTimers();
});

const said = () => notices.state.get().map((notice) => notice.say(en));

describe('OfferStore', () => {
  test('counts down by the server’s clock', () => {
    // The server is a minute ahead of this computer.
    clock.observe(Date.now() + 60_000, Date.now());
    offers.show(offered({ expiresAt: new Date(Date.now() + 80_000).toISOString() }));
    expect(offers.left(offers.state.get() ?? fail())).toBe(20_000);
  });

  test('answers what the server accepted', async () => {
    hub.answer('AcceptOffer', () => ({ contactId: 'contact1', conversationId: 'conversation1' }));
    offers.show(offered());
    const accepted = await offers.accept();
    expect(accepted?.result.conversationId).toBe('conversation1');
    expect(offers.state.get()).toBeUndefined();
  });

  test('accepts once, however often the key is pressed', async () => {
    hub.answer('AcceptOffer', () => ({ contactId: 'contact1' }));
    offers.show(offered());
    await Promise.all([offers.accept(), offers.accept(), offers.decline()]);
    expect(hub.called.map((call) => call.method)).toEqual(['AcceptOffer']);
  });

  test('says kindly that it was too late', async () => {
    hub.refuse('AcceptOffer', 'stale');
    offers.show(offered());
    expect(await offers.accept()).toBeUndefined();
    expect(offers.state.get()).toBeUndefined();
    expect(said()).toEqual([en.offer.stale]);
  });

  test('stays answerable when no answer came', async () => {
    hub.swallow('AcceptOffer');
    offers.show(offered());
    const accepting = offers.accept();
    hub.disconnect();
    await accepting;
    expect(offers.state.get()).toMatchObject({ failed: true, answering: undefined });
  });

  test('goes with its reason when the server takes it back', () => {
    offers.show(offered());
    offers.withdraw({ offerId: 'o1', reason: 'ended_by_customer' });
    expect(offers.state.get()).toBeUndefined();
    expect(said()).toEqual([en.offer.withdrawn.ended_by_customer]);
  });

  test('tells a reason of a newer server neutrally', () => {
    offers.show(offered());
    offers.withdraw({ offerId: 'o1', reason: 'eaten_by_dog' });
    expect(said()).toEqual([en.offer.withdrawn.other]);
  });

  test('ignores the end of another offer', () => {
    offers.show(offered());
    offers.withdraw({ offerId: 'o0', reason: 'not_answered' });
    expect(offers.state.get()?.offerId).toBe('o1');
  });

  test('goes by itself when the word that it ran out is lost', async () => {
    offers.show(offered());
    await vi.advanceTimersByTimeAsync(22_000);
    expect(offers.state.get()).toBeDefined();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(offers.state.get()).toBeUndefined();
    expect(said()).toEqual([en.offer.withdrawn.not_answered]);
  });

  test('tells nothing about what the agent declined', async () => {
    offers.show(offered());
    const declining = offers.decline();
    offers.withdraw({ offerId: 'o1', reason: 'declined' });
    await declining;
    await flush();
    expect(said()).toEqual([]);
  });
});

function fail(): never {
  throw new Error('There is no offer.');
}
