import type { LogEntry } from '@copilot/contracts';
import type { Messages } from '../locales/en';

/** The words offered for how a chat ended; `other` stands for one of the agent's own. */
export const dispositions = ['resolved', 'not_resolved', 'spam', 'other'] as const;

export type DispositionChoice = (typeof dispositions)[number];

export function dispositionWord(choice: DispositionChoice, own: string): string {
  return choice === 'other' ? own.trim() : choice;
}

/** The note that the server writes when an agent says how a chat ended. */
export function isWrapUp(entry: LogEntry): boolean {
  return entry.messageId.startsWith('end:');
}

/**
 * A note's words. The one that the server writes when a chat ends begins with a line of its disposition; ours are told in the
 * agent's language.
 */
export function noteText(note: LogEntry, m: Messages): string {
  if (!isWrapUp(note)) {
    return note.text;
  }
  const [first, ...rest] = note.text.split('\n');
  const choice = dispositions.find((one) => one === first && one !== 'other');
  return choice ? [m.events.endedAs(m.end[choice]), ...rest].join('\n') : note.text;
}
