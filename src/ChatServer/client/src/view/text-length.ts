import { Limits } from '@copilot/contracts';

/** The counter appears when this few characters are left. */
const COUNT_FROM = 200;

/** How many characters are left, counted as the server counts: UTF-16 units after normalisation. */
export function charactersLeft(text: string): number {
  return Limits.textLength - text.trim().normalize('NFC').length;
}

export function isNearEnd(left: number): boolean {
  return left <= COUNT_FROM;
}
