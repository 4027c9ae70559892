import type { Messages } from '../locales/en';

/** The words offered for how a chat ended; `other` stands for one of the agent's own. */
export const dispositions = ['resolved', 'not_resolved', 'spam', 'other'] as const;

export type DispositionChoice = (typeof dispositions)[number];

export function dispositionWord(choice: DispositionChoice, own: string): string {
  return choice === 'other' ? own.trim() : choice;
}

/** A disposition as the log has it: one of ours in the agent's language, any other as it was written. */
export function dispositionText(word: string, m: Messages): string {
  const choice = dispositions.find((one) => one === word && one !== 'other');
  return choice ? m.end[choice] : word;
}
