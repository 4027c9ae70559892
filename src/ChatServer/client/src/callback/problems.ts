import { ErrorCodes } from '@copilot/contracts';
import type { CallbackWords } from '../locales/callback';

/** What was tried. */
export type Deed = 'asking' | 'moving' | 'cancelling' | 'chatting';

/** Why it was refused, as a name of a sentence: what one of the wire's codes means depends on what was asked for. */
export function problemOf(code: string, deed: Deed, when: Date | undefined): string {
  if (code === ErrorCodes.queueFull) {
    return when === undefined ? 'line_full' : 'time_taken';
  }
  return code === ErrorCodes.conflict && deed !== 'asking' ? 'too_late' : code;
}

export function problemWords(words: CallbackWords, problem: string): string {
  return words.errors[problem] ?? words.unknownError;
}

/** The free times that were shown are not right any more. */
export function isAboutTimes(problem: string, when: Date | undefined): boolean {
  return when !== undefined && [ErrorCodes.invalid, ErrorCodes.outsideHours, 'time_taken'].includes(problem);
}
