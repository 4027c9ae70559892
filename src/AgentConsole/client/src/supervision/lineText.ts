import type { LineOverview, WaitRange } from '@copilot/contracts';
import type { Formats } from '../locales/Formats';
import type { Messages } from '../locales/en';

/** Whether the line takes people now, and if not, from when. */
export function openingText(line: LineOverview, m: Messages, formats: Formats, now: number): string {
  const { lines } = m.supervision;
  if (line.closed) {
    const { until } = line.closed;
    return until === undefined ? lines.closedForNow : lines.closedForNowUntil(formats.near(until, now));
  }
  if (line.isOpen) {
    return lines.open;
  }
  return line.opensAt === undefined ? lines.closed : lines.closedUntil(formats.near(line.opensAt, now));
}

/** Such as `3 to 8 min`. */
export function waitRangeText({ minSeconds, maxSeconds }: WaitRange, m: Messages, formats: Formats): string {
  const { supervision } = m;
  const to = formats.duration(maxSeconds);
  if (minSeconds < 60) {
    return supervision.waitUpTo(to);
  }
  // The unit is said once where it is the same.
  const from = maxSeconds < 3600 ? `${Math.floor(minSeconds / 60)}` : formats.duration(minSeconds);
  return supervision.waitBetween(from, to);
}

/** Seconds since the arrival; the clocks of two computers may make it less than nothing. */
export function waitedSeconds(arrivedAt: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(arrivedAt)) / 1000));
}
