import type { ChatState } from './chat-state';

/** The state as the panel draws it. Many changes of one moment are read and drawn once. */
export class ChatStateStore {
  state: ChatState;
  private readonly read: () => Partial<ChatState>;
  private readonly listeners = new Set<() => void>();
  private isScheduled = false;
  private isStale = false;

  /** @param read What the chat itself says, asked for when it has changed. */
  constructor(state: ChatState, read: () => Partial<ChatState>) {
    this.state = state;
    this.read = read;
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  change(part: Partial<ChatState>): void {
    this.state = { ...this.state, ...part };
    this.schedule();
  }

  chatChanged(): void {
    this.isStale = true;
    this.schedule();
  }

  private schedule(): void {
    if (!this.isScheduled) {
      this.isScheduled = true;
      queueMicrotask(() => {
        this.isScheduled = false;
        this.settle();
      });
    }
  }

  private settle(): void {
    if (this.isStale) {
      this.isStale = false;
      this.state = { ...this.state, ...this.read() };
    }
    this.listeners.forEach((listener) => {
      listener();
    });
  }
}
