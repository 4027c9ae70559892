import { ContactKinds } from '@copilot/contracts';
import type { Messages } from '../locales/en';

/** The words for an offer of this kind; of one that this console does not know, those for a chat. */
export function offerWords(kind: string, m: Messages): Messages['offer'] | Messages['calls']['offer'] {
  return kind === ContactKinds.callback ? m.calls.offer : m.offer;
}
