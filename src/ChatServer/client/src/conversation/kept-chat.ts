import { type OutboxStorage, webOutboxStorage } from '@copilot/contracts';
import { readJson } from '@copilot/shop-page';
import type { keptNames } from '../launcher/kept-names';

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

/** The kept chat and its unsent messages. */
export class KeptChatStore {
  readonly outbox: OutboxStorage;
  private readonly storage: Storage;
  private readonly name: string;

  constructor(storage: Storage, names: ReturnType<typeof keptNames>) {
    this.storage = storage;
    this.name = names.chat;
    this.outbox = webOutboxStorage(storage, names.outbox);
  }

  read(now = Date.now()): KeptChat | undefined {
    const kept = readJson<KeptChat>(
      this.storage,
      this.name,
      (value) => typeof value.requestId === 'string' && typeof value.topic === 'string',
    );
    return kept?.endedAt !== undefined && now - kept.endedAt > SHOWN_AFTER_END_MS ? undefined : kept;
  }

  write(kept: KeptChat): void {
    this.storage.setItem(this.name, JSON.stringify(kept));
  }

  forget(): void {
    for (const { messageId } of this.outbox.load()) {
      this.outbox.remove(messageId);
    }
    this.storage.removeItem(this.name);
  }
}
