import type { ConversationLog, JoinOutcome, MessageOutcome } from './conversation-log';
import type { HubError } from './errors';
import { isRetriable, parseHubError, DISCONNECTED } from './errors';
import type { JoinRequest, JoinResult, LogEntry, MessageEvent } from './wire';
import { backoff, type Wait, waitFor } from './waiting';

export interface FollowerOptions {
  readonly log: ConversationLog;
  readonly join: (request: JoinRequest) => Promise<JoinResult>;
  /** Entries at the end of the log, live or by a join. */
  readonly onEntries: (added: readonly LogEntry[]) => void;
  /** The log is complete up to now; the moment to `reconcile` and `open` the outbox. */
  readonly onCaughtUp: (outcome: JoinOutcome) => void;
  /** The server will not let us join (`not_found`, `forbidden`): final. */
  readonly onLost: (error: HubError) => void;
  readonly wait?: Wait;
}

/** How long an accepted message of our own may stay away before the downlink is doubted. */
const ECHO_DEADLINE_MS = 4_000;

/**
 * Keeps one `ConversationLog` complete: joins when told that a connection is there, reads page after page, joins again after a gap,
 * never two joins at once. A join that got no answer because the connection broke is left to the next `follow`.
 */
export class ConversationFollower {
  private readonly options: FollowerOptions;
  private readonly wait: Wait;
  private running = false;
  private again = false;
  private stopped = false;

  constructor(options: FollowerOptions) {
    this.options = options;
    this.wait = options.wait ?? waitFor;
  }

  /** Catches up now; call it on every new connection. */
  follow(): void {
    if (this.stopped) {
      return;
    }
    this.again = true;
    if (!this.running) {
      this.running = true;
      void this.run();
    }
  }

  receive(event: MessageEvent): MessageOutcome {
    const outcome = this.options.log.applyMessage(event);
    if (outcome === 'applied') {
      this.options.onEntries([event.message]);
    } else if (outcome === 'gap') {
      this.follow();
    }
    return outcome;
  }

  /** The server has accepted `seq`, so its push must come; if it does not, the way down is broken and a join repairs it. */
  expect(seq: number): void {
    void this.wait(ECHO_DEADLINE_MS).then(() => {
      if (this.options.log.lastSeq < seq) {
        this.follow();
      }
    });
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (this.again && !this.isStopped()) {
      this.again = false;
      try {
        this.apply(await this.options.join(this.options.log.joinRequest()));
        failures = 0;
      } catch (error) {
        failures += 1;
        await this.recover(parseHubError(error), failures);
      }
    }
    this.running = false;
  }

  private apply(result: JoinResult): void {
    const outcome = this.options.log.applyJoin(result);
    this.options.onEntries(outcome.added);
    if (outcome.joinAgain) {
      this.again = true;
    }
    if (!result.hasMore) {
      this.options.onCaughtUp(outcome);
    }
  }

  private async recover(error: HubError, failures: number): Promise<void> {
    this.options.log.joinFailed();
    if (error.code === DISCONNECTED) {
      return;
    }
    if (!isRetriable(error.code)) {
      this.stopped = true;
      this.options.onLost(error);
      return;
    }
    await this.wait(backoff(failures, error.retryAfterMs));
    this.again = true;
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
