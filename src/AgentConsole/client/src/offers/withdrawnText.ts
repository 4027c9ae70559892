import type { Said } from '../notices/NoticeStore';

/** Why an offer went away, for the agent; reasons that this console does not know are told neutrally. */
export function withdrawnText(reason: string): Said {
  return (m) => {
    const known: Readonly<Record<string, string>> = m.offer.withdrawn;
    return Object.hasOwn(known, reason) ? (known[reason] ?? m.offer.withdrawn.other) : m.offer.withdrawn.other;
  };
}
