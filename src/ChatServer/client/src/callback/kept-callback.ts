import { readJson } from '@copilot/shop-page';
import type { keptNames } from '../launcher/kept-names';

/** A call-back that this browser knows of, as all its tabs share it. Neither the number nor the token is kept. */
export interface KeptCallback {
  readonly contactId: string;
  readonly topic: string;
  /** When the customer saw that it was over. */
  readonly endedAt?: number;
}

interface Kept {
  readonly callbacks: readonly KeptCallback[];
}

/** One that is over is shown again for this long. */
const SHOWN_AFTER_END_MS = 60 * 60 * 1_000;

/** All call-backs of this browser's customer that are open, and for a while those that are over. */
export class KeptCallbackStore {
  private readonly storage: Storage;
  private readonly name: string;

  constructor(storage: Storage, names: ReturnType<typeof keptNames>) {
    this.storage = storage;
    this.name = names.callbacks;
  }

  /** In the order in which they came. */
  list(now = Date.now()): readonly KeptCallback[] {
    const kept = readJson<Kept>(this.storage, this.name, (value) => Array.isArray(value.callbacks));
    return kept?.callbacks.filter((each) => isWhole(each) && !isOld(each, now)) ?? [];
  }

  open(): readonly KeptCallback[] {
    return this.list().filter((each) => each.endedAt === undefined);
  }

  has(contactId: string | undefined): boolean {
    return this.list().some((each) => each.contactId === contactId);
  }

  /** Answers whether it was not known. */
  add({ contactId, topic }: KeptCallback): boolean {
    const isNew = !this.has(contactId);
    if (isNew) {
      this.write([...this.list(), { contactId, topic }]);
    }
    return isNew;
  }

  ended(contactId: string): void {
    this.write(
      this.list().map((each) =>
        each.contactId === contactId && each.endedAt === undefined ? { ...each, endedAt: Date.now() } : each,
      ),
    );
  }

  forget(contactId: string): void {
    this.write(this.list().filter((each) => each.contactId !== contactId));
  }

  forgetEnded(): void {
    this.write(this.open());
  }

  /** Without any there is nothing in the store: by that the launcher knows whether to load the chat. */
  private write(callbacks: readonly KeptCallback[]): void {
    if (callbacks.length === 0) {
      this.storage.removeItem(this.name);
    } else {
      this.storage.setItem(this.name, JSON.stringify({ callbacks } satisfies Kept));
    }
  }
}

function isWhole(kept: Partial<KeptCallback> | null): boolean {
  return typeof kept?.contactId === 'string' && typeof kept.topic === 'string';
}

function isOld({ endedAt }: KeptCallback, now: number): boolean {
  return endedAt !== undefined && now - endedAt > SHOWN_AFTER_END_MS;
}
