import { type ConversationLog, Roles } from '@copilot/contracts';

export interface ReadMarkOptions {
  readonly log: () => ConversationLog | undefined;
  readonly ownId: () => string;
  readonly tell: (conversationId: string, seq: number) => Promise<unknown>;
  readonly onMoved: () => void;
}

/** Tells the server how far the customer has read: while the log is before their eyes, one call at a time, only ever forward. */
export class ReadMark {
  private readonly options: ReadMarkOptions;
  private isWatched = false;
  private isTelling = false;

  constructor(options: ReadMarkOptions) {
    this.options = options;
  }

  watch(isWatched: boolean): void {
    this.isWatched = isWatched;
    this.update();
  }

  update(): void {
    if (!this.isTelling) {
      void this.run();
    }
  }

  private async run(): Promise<void> {
    this.isTelling = true;
    try {
      for (let log = this.unread(); log !== undefined; log = this.unread()) {
        const { conversationId, lastSeq: seq } = log;
        await this.options.tell(conversationId, seq);
        log.applyRead({ conversationId, participantId: this.options.ownId(), role: Roles.customer, seq });
        this.options.onMoved();
      }
    } catch {
      // The mark moves with the next entry or connection.
    } finally {
      this.isTelling = false;
    }
  }

  private unread(): ConversationLog | undefined {
    const log = this.options.log();
    return this.isWatched && log && log.lastSeq > (log.readBy.get(this.options.ownId()) ?? 0) ? log : undefined;
  }
}
