import type { WaitRange } from '@copilot/contracts';
import type { Words } from '../locales';

const QUARTERS = ['', '¼', '½', '¾'];

/** `expected wait 3 to 8 minutes`, to stand behind something; empty while nothing is known. */
export function waitText(words: Words, range: WaitRange | undefined): string {
  if (range === undefined) {
    return '';
  }
  const { wait } = words;
  const [from, to] = [timeOf(range.minSeconds), timeOf(range.maxSeconds)];
  const until = wait[to.unit](to.amount);
  if (range.minSeconds < 60) {
    return wait.expected(wait.under(until));
  }
  return wait.expected(wait.between(from.unit === to.unit ? from.amount : wait[from.unit](from.amount), until));
}

/** Joins what there is to say. */
export function withWait(words: Words, text: string, range: WaitRange | undefined): string {
  const wait = waitText(words, range);
  return wait === '' ? text : `${text} · ${wait}`;
}

/** Whole minutes; from an hour on in quarters of hours. */
function timeOf(seconds: number): { unit: 'minutes' | 'hours'; amount: string } {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) {
    return { unit: 'minutes', amount: String(minutes) };
  }
  const quarters = Math.round(minutes / 15);
  return { unit: 'hours', amount: `${Math.floor(quarters / 4)}${QUARTERS[quarters % 4] ?? ''}` };
}
