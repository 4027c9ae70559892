/** A wait that tests can hold in their hands. */
export type Wait = (milliseconds: number) => Promise<void>;

export const waitFor: Wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait after the n-th failure in a row: doubling from half a second to 15 s, and half of it random so that
 * many clients do not come back in step. What the server asks for is never undercut.
 */
export function backoff(failures: number, atLeastMs = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(atLeastMs, 0) + Math.round(ceiling * (0.5 + random() / 2));
}
