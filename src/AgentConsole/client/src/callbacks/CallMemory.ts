import type { Keep } from '../stores/Keep';

const key = 'calls';

/** What the agent did in a call that only this tab knows. No numbers and no names: the server has those. */
export interface KnownCall {
  readonly contactId: string;
  readonly dialedAt: number | undefined;
  readonly note: string;
}

/** Remembers over a reload when the agent began to dial and what they were writing. */
export class CallMemory {
  private readonly keep: Keep;

  constructor(keep: Keep) {
    this.keep = keep;
  }

  find(contactId: string): KnownCall | undefined {
    return this.load().find((call) => call.contactId === contactId);
  }

  save(calls: readonly KnownCall[]): void {
    if (calls.length === 0) {
      this.keep.remove(key);
    } else {
      this.keep.write(
        key,
        JSON.stringify(calls.map(({ contactId, dialedAt, note }) => ({ contactId, dialedAt, note }))),
      );
    }
  }

  private load(): readonly KnownCall[] {
    try {
      const value = JSON.parse(this.keep.read(key) ?? '[]') as unknown;
      return Array.isArray(value) ? value.filter(isKnownCall) : [];
    } catch {
      return [];
    }
  }
}

function isKnownCall(value: unknown): value is KnownCall {
  const call = value as Partial<KnownCall> | null;
  return (
    typeof call?.contactId === 'string' &&
    typeof call.note === 'string' &&
    (call.dialedAt === undefined || typeof call.dialedAt === 'number')
  );
}
