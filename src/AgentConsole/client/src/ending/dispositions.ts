/** The words offered for how a chat ended; `other` stands for one of the agent's own. */
export const dispositions = ['resolved', 'not_resolved', 'spam', 'other'] as const;

export type DispositionChoice = (typeof dispositions)[number];

export function dispositionWord(choice: DispositionChoice, own: string): string {
  return choice === 'other' ? own.trim() : choice;
}
