import { readJson } from '@copilot/shop-page';
import type { keptNames } from '../launcher/kept-names';

/** The call-back that this browser asked for last, as all its tabs share it. Neither the number nor the token is kept. */
export interface KeptCallback {
  readonly contactId: string;
  readonly topic: string;
  /** When the customer saw that it was over. */
  readonly endedAt?: number;
}

/** One that is over is shown again for this long. */
const SHOWN_AFTER_END_MS = 60 * 60 * 1_000;

export class KeptCallbackStore {
  private readonly storage: Storage;
  private readonly name: string;

  constructor(storage: Storage, names: ReturnType<typeof keptNames>) {
    this.storage = storage;
    this.name = names.callback;
  }

  read(now = Date.now()): KeptCallback | undefined {
    const kept = readJson<KeptCallback>(
      this.storage,
      this.name,
      (value) => typeof value.contactId === 'string' && typeof value.topic === 'string',
    );
    return kept?.endedAt !== undefined && now - kept.endedAt > SHOWN_AFTER_END_MS ? undefined : kept;
  }

  write(kept: KeptCallback): void {
    this.storage.setItem(this.name, JSON.stringify(kept));
  }

  forget(): void {
    this.storage.removeItem(this.name);
  }
}
