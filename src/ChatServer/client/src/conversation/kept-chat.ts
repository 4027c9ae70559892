import { readJson } from '../customer/browser-storage';

/** The chat of this browser, as all its tabs share it. Without a conversation it has been asked for but not answered yet. */
export interface KeptChat {
  readonly requestId: string;
  readonly topic: string;
  readonly name?: string;
  readonly conversationId?: string;
  /** When the customer saw that it had ended; such a chat can be read again, but wakes no page up. */
  readonly endedAt?: number;
}

/** An ended chat is shown again for this long, then a click on the launcher leads to a new one. */
const SHOWN_AFTER_END_MS = 60 * 60 * 1_000;

export function readKeptChat(storage: Storage, name: string, now: number): KeptChat | undefined {
  const kept = readJson<KeptChat>(
    storage,
    name,
    (value) => typeof value.requestId === 'string' && typeof value.topic === 'string',
  );
  return kept?.endedAt !== undefined && now - kept.endedAt > SHOWN_AFTER_END_MS ? undefined : kept;
}
