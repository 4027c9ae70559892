import type { OutboxItem } from './outbox';

/** Where unsent messages survive a reload. It may fail or be full at any time: then they live in memory only. */
export interface OutboxStorage {
  load(): readonly OutboxItem[];
  put(item: OutboxItem): void;
  remove(messageId: string): void;
}

export const memoryOutboxStorage: OutboxStorage = {
  load: () => [],
  put: () => undefined,
  remove: () => undefined,
};

/**
 * Keeps each message under a key of its own (`prefix` + message id), so that two tabs on one `localStorage` never overwrite each other's.
 * Both may then send the same message after a reload; it has one id, and the server takes it once.
 */
export function webOutboxStorage(storage: Storage, prefix: string): OutboxStorage {
  return {
    load: () => attempt(() => keysOf(storage, prefix).flatMap((key) => parseItem(storage.getItem(key)) ?? [])) ?? [],
    put: (item) => {
      attempt(() => {
        storage.setItem(prefix + item.messageId, JSON.stringify(item));
      });
    },
    remove: (messageId) => {
      attempt(() => {
        storage.removeItem(prefix + messageId);
      });
    },
  };
}

function keysOf(storage: Storage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  );
}

/** What another version or another script left there is skipped, not trusted. */
export function parseItem(stored: string | null): OutboxItem | undefined {
  const value = attempt(() => JSON.parse(stored ?? 'null') as Partial<OutboxItem> | null);
  return value &&
    typeof value.messageId === 'string' &&
    typeof value.text === 'string' &&
    typeof value.order === 'number' &&
    typeof value.kind === 'string'
    ? { messageId: value.messageId, kind: value.kind, text: value.text, order: value.order, state: 'sending' }
    : undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
