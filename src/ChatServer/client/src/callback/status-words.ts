import { type CallAttemptInfo, type CallbackStatus, ContactStates, Reasons } from '@copilot/contracts';
import type { CallbackWords } from '../locales/callback';
import type { CallbackOption } from '../topics/topic-options';
import type { ZoneTimes } from './zone-times';

/** What is known of a call-back, and by which clock it is said. */
export interface Sight {
  readonly status: CallbackStatus;
  readonly option: CallbackOption | undefined;
  readonly clock: ZoneTimes;
  readonly now: Date;
  /** Empty while nothing is known. */
  readonly wait: string;
}

/** Where it stands, in one line. */
export function headline(words: CallbackWords, { status, clock, now }: Sight): string {
  switch (status.state) {
    case ContactStates.scheduled: {
      const { nextAttemptAt } = status.callback;
      const due = status.dueAt ?? nextAttemptAt;
      const say = nextAttemptAt === undefined ? words.status.scheduled : words.status.again;
      return due === undefined ? words.status.waiting : say(clock.moment(new Date(due), now));
    }
    case ContactStates.offered:
      return words.status.offered;
    case ContactStates.active:
      return status.agent?.name ? words.status.active(status.agent.name) : words.status.activeSomebody;
    default:
      return words.status.waiting;
  }
}

/** What follows from it: the place and the wait, whose clock it is, what to do meanwhile. */
export function hints(words: CallbackWords, sight: Sight): readonly string[] {
  const { status, clock, wait } = sight;
  const { position, dueAt } = status;
  const place = position === undefined ? '' : position === 1 ? words.status.next : words.status.position(position);
  const left = triesLeft(words, status);
  switch (status.state) {
    case ContactStates.scheduled:
      return said(dueAt === undefined ? '' : clock.noteOn(new Date(dueAt)), left, words.status.scheduledHint);
    case ContactStates.active:
      return said(left, words.status.keepPhone);
    case ContactStates.waiting:
      return said(
        [place, wait].filter((part) => part !== '').join(' · '),
        left,
        closedHint(words, sight) ?? words.status.keepPhone,
      );
    default:
      return said(place, left, words.status.keepPhone);
  }
}

/** Worth a word once a try has failed. */
function triesLeft(words: CallbackWords, { callback, attemptsLeft }: CallbackStatus): string {
  return callback.attempts.length === 0 || attemptsLeft === undefined ? '' : words.status.triesLeft(attemptsLeft);
}

/** Nobody is called while the queue is closed. */
function closedHint(words: CallbackWords, { option, clock, now }: Sight): string | undefined {
  if (option === undefined || option.isOpen) {
    return undefined;
  }
  if (option.opensAt !== undefined) {
    return words.status.closedNow(clock.moment(option.opensAt, now));
  }
  return option.isClosedForNow ? words.status.closedForNow : undefined;
}

/** How it ended; undefined where nobody says. */
export function closedWords(words: CallbackWords, status: CallbackStatus | undefined): string | undefined {
  const { reason, callback } = status ?? {};
  if (reason === Reasons.notReached && callback) {
    return words.notReached(callback.attempts.length);
  }
  return reason === undefined ? undefined : words.closed[reason];
}

/** The customer was to be called and was not spoken to. */
export function isInVain(status: CallbackStatus | undefined): boolean {
  return status?.reason === Reasons.notReached || status?.reason === Reasons.wrongNumber;
}

export function attemptWords(words: CallbackWords, attempt: CallAttemptInfo, clock: ZoneTimes, now: Date): string {
  return (words.attempt[attempt.outcome] ?? words.unknownAttempt)(clock.moment(new Date(attempt.at), now));
}

function said(...sentences: readonly string[]): readonly string[] {
  return sentences.filter((sentence) => sentence !== '');
}
