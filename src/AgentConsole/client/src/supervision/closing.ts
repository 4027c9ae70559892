/** Until when a queue can be closed for now. */
export const closings = ['quarter', 'hour', 'today', 'at', 'opened'] as const;

export type Closing = (typeof closings)[number];

/** The server keeps no closure that ends later. */
const mostDays = 90;

/** Undefined for until somebody opens it. */
export function closingEnd(closing: Exclude<Closing, 'at'>, now: number): Date | undefined {
  switch (closing) {
    case 'quarter':
      return new Date(now + 900_000);
    case 'hour':
      return new Date(now + 3_600_000);
    case 'today':
      return nextMidnight(now);
    case 'opened':
      return undefined;
  }
}

/** What somebody put into a field of date and time, by this computer's zone; undefined for what no closure can end at. */
export function chosenEnd(value: string, now: number): Date | undefined {
  const end = Date.parse(value);
  return end > now && end <= now + mostDays * 86_400_000 ? new Date(end) : undefined;
}

/** As a field of date and time wants it: by this computer's zone, in whole minutes. */
export function fieldValue(time: number): string {
  const at = new Date(time);
  const two = (part: number): string => `${part}`.padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function nextMidnight(now: number): Date {
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  return end;
}
