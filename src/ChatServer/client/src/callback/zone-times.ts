import type { CallbackWords } from '../locales/callback';

/** Times by the shop's clock, or by the customer's own where the shop has none; and what that clock is called. */
export class ZoneTimes {
  private readonly words: CallbackWords;
  private readonly locale: string;
  private readonly zone: string | undefined;
  private readonly keyFormat: Intl.DateTimeFormat;
  private readonly timeFormat: Intl.DateTimeFormat;
  private readonly timeWithOffset: Intl.DateTimeFormat;
  private readonly dayFormat: Intl.DateTimeFormat;
  private readonly shortDayFormat: Intl.DateTimeFormat;

  /** @param zone An IANA name; one that this browser does not know counts for none. */
  constructor(locale: string, words: CallbackWords, zone: string | undefined) {
    this.words = words;
    this.locale = locale;
    this.zone = zone !== undefined && isKnown(zone) ? zone : undefined;
    const format = (options: Intl.DateTimeFormatOptions, language = locale) =>
      new Intl.DateTimeFormat(language, { ...options, ...(this.zone === undefined ? {} : { timeZone: this.zone }) });
    this.keyFormat = format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
    this.timeFormat = format({ timeStyle: 'short' });
    this.timeWithOffset = format({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
    this.dayFormat = format({ weekday: 'long', day: 'numeric', month: 'long' });
    this.shortDayFormat = format({ weekday: 'long', day: 'numeric', month: 'short' });
  }

  /** The same for all moments of one date on that clock. */
  dateOf(at: Date): string {
    return this.keyFormat.format(at);
  }

  /** As in a list. */
  day(at: Date, now: Date): string {
    const away = this.daysAway(at, now);
    const { today, tomorrow } = this.words.when;
    return away === 0 ? today : away === 1 ? tomorrow : this.shortDayFormat.format(at);
  }

  time(at: Date): string {
    return this.timeFormat.format(at);
  }

  /** Of times of one day, in order. Where the clock goes back an hour comes twice, and each time says which it is. */
  times(moments: readonly Date[]): readonly string[] {
    const plain = moments.map((at) => this.time(at));
    return plain.map((text, index) =>
      plain.indexOf(text) === plain.lastIndexOf(text) ? text : this.timeWithOffset.format(moments[index]),
    );
  }

  /** As in `tomorrow at 10:15`. */
  moment(at: Date, now: Date): string {
    const { today, tomorrow, day } = this.words.moment;
    const time = this.time(at);
    const away = this.daysAway(at, now);
    return away === 0 ? today(time) : away === 1 ? tomorrow(time) : day(this.dayFormat.format(at), time);
  }

  /** Whose clock it is. */
  note(now: Date): string {
    const { zone, own } = this.words.when;
    return this.zone === undefined ? own(this.name(now)) : zone(this.name(now));
  }

  /** Empty where the customer's own clock shows the same time then. */
  noteOn(at: Date): string {
    const isSame = this.zone === undefined || at.getTimezoneOffset() === offsetOf(at, this.zone);
    return isSame ? '' : this.words.status.inZone(this.name(at));
  }

  private name(at: Date): string {
    const parts = new Intl.DateTimeFormat(this.locale, {
      timeZoneName: 'longGeneric',
      ...(this.zone === undefined ? {} : { timeZone: this.zone }),
    }).formatToParts(at);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? this.zone ?? '';
  }

  /** Calendar days, whatever the clock did between them. */
  private daysAway(at: Date, now: Date): number {
    return Math.round((Date.parse(this.dateOf(at)) - Date.parse(this.dateOf(now))) / 86_400_000);
  }
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** As `getTimezoneOffset`: minutes that the zone's clock is behind UTC. */
function offsetOf(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((at.getTime() - wall) / 60_000);
}
