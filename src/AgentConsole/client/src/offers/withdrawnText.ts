import type { Said } from '../notices/NoticeStore';
import { offerWords } from './offerWords';

/** Why an offer went away, for the agent; reasons that this console does not know are told neutrally. */
export function withdrawnText(kind: string, reason: string): Said {
  return (m) => {
    const { withdrawn } = offerWords(kind, m);
    const known: Readonly<Record<string, string>> = withdrawn;
    return Object.hasOwn(known, reason) ? (known[reason] ?? withdrawn.other) : withdrawn.other;
  };
}
