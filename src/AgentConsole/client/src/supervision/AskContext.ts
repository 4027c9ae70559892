import type { LineContact, LineOverview } from '@copilot/contracts';
import { createContext, use } from 'react';

/** What a supervisor is asked before something is done. */
export type Question =
  | { readonly kind: 'close'; readonly line: LineOverview }
  | { readonly kind: 'move'; readonly contact: LineContact; readonly queue: string }
  | { readonly kind: 'priority'; readonly contact: LineContact };

export const AskContext = createContext<(question: Question) => void>(() => undefined);

export function useAsk(): (question: Question) => void {
  return use(AskContext);
}
