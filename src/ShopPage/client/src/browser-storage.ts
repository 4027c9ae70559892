/**
 * The browser's storage, or memory where the browser refuses it (private modes, blocked site data): then everything works
 * until the page is left.
 */
export class BrowserStorage implements Storage {
  readonly #memory = new Map<string, string>();
  readonly #real: Storage | undefined;

  constructor(open: () => Storage) {
    try {
      this.#real = open();
      // Some browsers hand out a storage that refuses every write.
      this.#real.setItem('copilot:probe', '1');
      this.#real.removeItem('copilot:probe');
    } catch {
      this.#real = undefined;
    }
  }

  get length(): number {
    return this.#real?.length ?? this.#memory.size;
  }

  key(index: number): string | null {
    return this.#real ? this.#real.key(index) : ([...this.#memory.keys()][index] ?? null);
  }

  getItem(name: string): string | null {
    return this.#real ? this.#real.getItem(name) : (this.#memory.get(name) ?? null);
  }

  setItem(name: string, value: string): void {
    if (this.#real) {
      try {
        this.#real.setItem(name, value);
      } catch {
        // Full: what does not fit does not survive the page, and that is all.
      }
    } else {
      this.#memory.set(name, value);
    }
  }

  removeItem(name: string): void {
    this.#real?.removeItem(name);
    this.#memory.delete(name);
  }

  clear(): void {
    this.#memory.clear();
  }
}

/** Reads a JSON object that this script wrote earlier; anything else is as good as nothing. */
export function readJson<T extends object>(
  storage: Storage,
  name: string,
  isValid: (value: Partial<T>) => boolean,
): T | undefined {
  try {
    const value = JSON.parse(storage.getItem(name) ?? 'null') as Partial<T> | null;
    return value !== null && typeof value === 'object' && isValid(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
