/** What a supervisor chooses from, in the order shown. */
export const headStarts = ['none', 'little', 'ahead', 'own'] as const;

export type HeadStart = (typeof headStarts)[number];

const seconds = { none: 0, little: 300, ahead: 1_800 } as const;

/** The server gives nobody more, minutes. */
export const mostMinutes = 30;

/** The choice that has so many seconds. */
export function headStartOf(headStart: number): HeadStart {
  return headStarts.find((one) => one !== 'own' && seconds[one] === headStart) ?? 'own';
}

/** @param minutes What somebody wrote. Undefined when that is no head start. */
export function headStartSeconds(choice: HeadStart, minutes: number | string): number | undefined {
  if (choice !== 'own') {
    return seconds[choice];
  }
  const whole = minutes === '' ? Number.NaN : Number(minutes);
  return Number.isInteger(whole) && whole >= 0 && whole <= mostMinutes ? whole * 60 : undefined;
}
