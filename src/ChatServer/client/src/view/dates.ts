import type { Words } from '../locales';

/** Times as the customer reads them: their language, and the zone of their own clock. */
export class Dates {
  private readonly words: Words;
  private readonly timeFormat: Intl.DateTimeFormat;
  private readonly dayFormat: Intl.DateTimeFormat;
  private readonly openingFormat: Intl.DateTimeFormat;

  constructor(locale: string, words: Words) {
    this.words = words;
    this.timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    this.dayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
    this.openingFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
  }

  time(at: Date): string {
    return this.timeFormat.format(at);
  }

  day(at: Date, now: Date): string {
    const daysAgo = Math.round((midnight(now) - midnight(at)) / 86_400_000);
    return daysAgo === 0 ? this.words.today : daysAgo === 1 ? this.words.yesterday : this.dayFormat.format(at);
  }

  /** `09:00` today, `Monday 09:00` within a week, with the date beyond that. */
  opening(at: Date, now: Date): string {
    const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
    if (days <= 0) {
      return this.time(at);
    }
    return days < 7 ? this.openingFormat.format(at) : `${this.dayFormat.format(at)}, ${this.time(at)}`;
  }
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
