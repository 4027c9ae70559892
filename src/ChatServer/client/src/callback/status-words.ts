import { type CallAttemptInfo, type CallbackStatus, ContactStates } from '@copilot/contracts';
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
  switch (status.state) {
    case ContactStates.scheduled:
      return said(dueAt === undefined ? '' : clock.noteOn(new Date(dueAt)), words.status.scheduledHint);
    case ContactStates.active:
      return said(words.status.keepPhone);
    case ContactStates.waiting:
      return said(
        [place, wait].filter((part) => part !== '').join(' · '),
        closedHint(words, sight) ?? words.status.keepPhone,
      );
    default:
      return said(place, words.status.keepPhone);
  }
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

/** @param gone What to say of one that is not to be had any more, though nobody knows why. */
export function closedWords(words: CallbackWords, endedBy: string | undefined, gone: string | undefined): string {
  const known = endedBy === undefined ? undefined : words.closed[endedBy];
  return known ?? gone ?? words.over;
}

export function attemptWords(words: CallbackWords, attempt: CallAttemptInfo, clock: ZoneTimes, now: Date): string {
  return (words.attempt[attempt.outcome] ?? words.unknownAttempt)(clock.moment(new Date(attempt.at), now));
}

function said(...sentences: readonly string[]): readonly string[] {
  return sentences.filter((sentence) => sentence !== '');
}
