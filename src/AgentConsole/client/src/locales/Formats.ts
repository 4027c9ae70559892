import type { Messages } from './en';

/** Times as people of a language write them. */
export class Formats {
  private readonly messages: Messages;
  private readonly clockFormat: Intl.DateTimeFormat;
  private readonly dayFormat: Intl.DateTimeFormat;
  private readonly momentFormat: Intl.DateTimeFormat;
  private readonly tenthsFormat: Intl.NumberFormat;
  private readonly percentFormat: Intl.NumberFormat;
  private readonly languages: Intl.DisplayNames;

  constructor(locale: string, messages: Messages) {
    this.messages = messages;
    this.clockFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    this.dayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
    this.momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.tenthsFormat = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.percentFormat = new Intl.NumberFormat(locale, { style: 'percent' });
    this.languages = new Intl.DisplayNames(locale, { type: 'language' });
  }

  clock(time: string): string {
    return this.clockFormat.format(new Date(time));
  }

  moment(time: string): string {
    return this.momentFormat.format(new Date(time));
  }

  /** Today, yesterday, or the date. */
  day(time: string, now: number): string {
    const day = startOfDay(Date.parse(time));
    if (day === startOfDay(now)) {
      return this.messages.conversation.today;
    }
    // 12 hours into the day before, whatever daylight saving does to its length.
    return day === startOfDay(startOfDay(now) - 43_200_000)
      ? this.messages.conversation.yesterday
      : this.dayFormat.format(day);
  }

  /** The time of day, with the date where that is not today's. */
  near(time: string, now: number): string {
    return startOfDay(Date.parse(time)) === startOfDay(now) ? this.clock(time) : this.moment(time);
  }

  /** As a stopwatch shows it. */
  stopwatch(seconds: number): string {
    const whole = Math.max(0, Math.floor(seconds));
    const parts = [Math.floor(whole / 60) % 60, whole % 60];
    const hours = Math.floor(whole / 3600);
    const shown = hours > 0 ? [hours, ...parts] : parts;
    return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
  }

  duration(seconds: number): string {
    const { time } = this.messages;
    const whole = Math.max(0, Math.floor(seconds));
    if (whole < 60) {
      return time.seconds(whole);
    }
    const minutes = Math.floor(whole / 60);
    return minutes < 60 ? time.minutes(minutes) : time.hours(Math.floor(minutes / 60), minutes % 60);
  }

  /** Seconds with one decimal. */
  tenths(milliseconds: number): string {
    return this.tenthsFormat.format(milliseconds / 1000);
  }

  /** A share of 0 to 1 in whole percents, rounded down: only all is 100. */
  percent(share: number): string {
    // Hundredths are not exact: 0.29 * 100 is less than 29.
    return this.percentFormat.format(Math.floor(share * 100 + 1e-9) / 100);
  }

  /** A language tag from a page, which may be nonsense. */
  language(tag: string): string {
    try {
      return this.languages.of(tag) ?? tag;
    } catch {
      return tag;
    }
  }
}

/** Local midnight before the moment: equal for two moments of one day. */
export function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
