import type { CallbackWords } from '../locales/callback';
import { ZoneTimes } from './zone-times';

/** One for each zone, so that a choice is not drawn anew for the same clock. */
export class Clocks {
  private readonly locale: string;
  private readonly words: CallbackWords;
  private readonly known = new Map<string | undefined, ZoneTimes>();

  constructor(locale: string, words: CallbackWords) {
    this.locale = locale;
    this.words = words;
  }

  of(zone: string | undefined): ZoneTimes {
    const clock = this.known.get(zone) ?? new ZoneTimes(this.locale, this.words, zone);
    this.known.set(zone, clock);
    return clock;
  }
}
