import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';

export type WritingMode = 'text' | 'note';

export interface Draft {
  readonly mode: WritingMode;
  /** Reply and note are two drafts: switching must never send a note's words to the customer. */
  readonly text: string;
  readonly note: string;
}

export const noDraft: Draft = { mode: 'text', text: '', note: '' };

/** What was begun and not sent, per conversation, kept over a reload. */
export class DraftStore {
  readonly state = new Store<Readonly<Record<string, Draft>>>({});
  private readonly keep: Keep;

  constructor(keep: Keep) {
    this.keep = keep;
  }

  of(conversationId: string): Draft {
    return this.state.get()[conversationId] ?? noDraft;
  }

  /** Reads what was kept; call it before the conversation is shown. */
  open(conversationId: string): void {
    const kept = parse(this.keep.read(key(conversationId)));
    if (kept) {
      this.state.update((drafts) => ({ ...drafts, [conversationId]: kept }));
    }
  }

  change(conversationId: string, change: Partial<Draft>): void {
    const draft = { ...this.of(conversationId), ...change };
    this.state.update((drafts) => ({ ...drafts, [conversationId]: draft }));
    if (draft.text === '' && draft.note === '') {
      this.keep.remove(key(conversationId));
    } else {
      this.keep.write(key(conversationId), JSON.stringify(draft));
    }
  }

  forget(conversationId: string): void {
    this.keep.remove(key(conversationId));
    this.state.update((drafts) => Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== conversationId)));
  }
}

function key(conversationId: string): string {
  return `draft.${conversationId}`;
}

function parse(kept: string | null): Draft | undefined {
  try {
    const value = JSON.parse(kept ?? 'null') as Partial<Draft> | null;
    return typeof value?.text === 'string' && typeof value.note === 'string'
      ? { mode: value.mode === 'note' ? 'note' : 'text', text: value.text, note: value.note }
      : undefined;
  } catch {
    return undefined;
  }
}
