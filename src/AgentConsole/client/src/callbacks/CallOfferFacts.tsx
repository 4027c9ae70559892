import type { CallbackInfo } from '@copilot/contracts';
import { useServerNow } from '../app/AppContext';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { callsMade } from './Call';
import classes from './CallOfferFacts.module.css';
import { outcomeText } from './callText';
import { usePhoneText } from './phoneText';

/** What an offered call-back has besides: the masked number, when the customer wanted to be called, and what was tried. */
export function CallOfferFacts({ callback }: { callback: CallbackInfo }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useServerNow();
  const number = usePhoneText(callback.phone);
  const made = callsMade(callback);
  const last = made.at(-1);
  // The time of another try is the queue's and not the customer's wish.
  const wanted = callback.nextAttemptAt === undefined ? callback.dueAt : undefined;
  return (
    <p className={classes.facts}>
      <bdi className={classes.number}>{number}</bdi>
      {wanted !== undefined && <span>{m.calls.dueAt(formats.near(wanted, now))}</span>}
      <span>
        {last === undefined
          ? m.calls.firstAttempt
          : `${m.calls.attempts(made.length)}, ${m.calls.lastAttempt(
              outcomeText(last.outcome, m),
              formats.near(last.at, now),
            )}`}
      </span>
    </p>
  );
}
