import type { Keep } from '../stores/Keep';
import type { ChatFacts } from './Chat';

const key = 'chats';
const selectedKey = 'selected';

/** Remembers over a reload which chats the list held, so that ended ones stay readable. No names, no texts: the server has those. */
export class ChatMemory {
  private readonly keep: Keep;

  constructor(keep: Keep) {
    this.keep = keep;
  }

  load(): readonly ChatFacts[] {
    try {
      const value = JSON.parse(this.keep.read(key) ?? '[]') as unknown;
      return Array.isArray(value) ? value.filter(isFacts) : [];
    } catch {
      return [];
    }
  }

  get selectedId(): string | undefined {
    return this.keep.read(selectedKey) ?? undefined;
  }

  set selectedId(contactId: string | undefined) {
    if (contactId === undefined) {
      this.keep.remove(selectedKey);
    } else {
      this.keep.write(selectedKey, contactId);
    }
  }

  save(chats: readonly ChatFacts[]): void {
    const facts = chats.map(({ contactId, kind, conversationId, queue, topic, arrivedAt, acceptedAt }) => ({
      contactId,
      kind,
      conversationId,
      queue,
      topic,
      arrivedAt,
      acceptedAt,
    }));
    this.keep.write(key, JSON.stringify(facts));
  }
}

function isFacts(value: unknown): value is ChatFacts {
  const facts = value as Partial<ChatFacts> | null;
  return (
    typeof facts?.contactId === 'string' &&
    typeof facts.kind === 'string' &&
    typeof facts.conversationId === 'string' &&
    typeof facts.queue === 'string' &&
    typeof facts.topic === 'string' &&
    typeof facts.arrivedAt === 'string'
  );
}
