/** A place in the browser for small values; quietly forgetful where the browser forbids storage. */
export class Keep {
  private readonly storage: Storage | undefined;
  private readonly prefix: string;

  constructor(storage: () => Storage, prefix: string) {
    this.prefix = prefix;
    try {
      this.storage = storage();
    } catch {
      // Storage is switched off in this browser: everything works, nothing outlives a reload.
      this.storage = undefined;
    }
  }

  read(key: string): string | null {
    return this.storage?.getItem(this.prefix + key) ?? null;
  }

  write(key: string, value: string): void {
    try {
      this.storage?.setItem(this.prefix + key, value);
    } catch {
      // Full: what is kept is a convenience, never the only copy of something accepted.
    }
  }

  remove(key: string): void {
    this.storage?.removeItem(this.prefix + key);
  }

  /** Forgets everything under the prefix. */
  clear(): void {
    const storage = this.storage;
    if (!storage) {
      return;
    }
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    for (const key of keys) {
      if (key?.startsWith(this.prefix)) {
        storage.removeItem(key);
      }
    }
  }
}
