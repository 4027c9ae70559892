import { useApp, useDesk, useServerNow } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import classes from './OfferCard.module.css';
import type { OpenOffer } from './OfferStore';

/** The seconds that are left by the server's clock, as a number and as a bar. */
export function Countdown({ offer }: { offer: OpenOffer }) {
  const { clock } = useApp();
  const desk = useDesk();
  const m = useMessages();
  const now = useServerNow();
  const left = desk.offers.left(offer, now);
  const whole = desk.offers.left(offer, offer.shownAt + clock.difference);
  const share = whole === 0 ? 0 : Math.min(1, left / whole);
  // Rounded down: a second too few is kinder than one that is not there.
  const seconds = left > 0 ? Math.max(1, Math.floor(left / 1000)) : 0;
  return (
    <>
      <div className={classes.bar} aria-hidden>
        <div
          className={classes.rest}
          data-urgent={seconds <= 5 || undefined}
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
      <span role="timer" aria-live="off" className={classes.seconds} data-urgent={seconds <= 5 || undefined}>
        {seconds === 0 ? m.offer.expired : m.offer.secondsLeft(seconds)}
      </span>
    </>
  );
}
