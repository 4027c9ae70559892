import type { Keep } from '../stores/Keep';

const key = 'co-pilot';

/** With the id of its request the server names a session's code again, so that no code is kept in the browser. */
export interface KnownSession {
  readonly requestId: string;
  readonly sessionId: string;
  readonly contactId: string | undefined;
}

/** Remembers over a reload which sessions this tab showed; the hub has no call that lists them. */
export class CoPilotMemory {
  private readonly keep: Keep;

  constructor(keep: Keep) {
    this.keep = keep;
  }

  load(): readonly KnownSession[] {
    try {
      const value = JSON.parse(this.keep.read(key) ?? '[]') as unknown;
      return Array.isArray(value) ? value.filter(isKnownSession) : [];
    } catch {
      return [];
    }
  }

  save(sessions: readonly KnownSession[]): void {
    if (sessions.length === 0) {
      this.keep.remove(key);
    } else {
      this.keep.write(key, JSON.stringify(sessions));
    }
  }
}

function isKnownSession(value: unknown): value is KnownSession {
  const session = value as Partial<KnownSession> | null;
  return (
    typeof session?.requestId === 'string' &&
    typeof session.sessionId === 'string' &&
    (session.contactId === undefined || typeof session.contactId === 'string')
  );
}
