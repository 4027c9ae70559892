import type { CompleteCallbackRequest, CompleteCallbackResult } from '@copilot/contracts';
import { backoff, DISCONNECTED, isRetriable, parseHubError, waitFor, type Wait } from '@copilot/contracts';
import type { ChatHub } from '../connection/ChatHub';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';

export interface OutcomeOutboxOptions {
  readonly hub: ChatHub;
  readonly keep: Keep;
  readonly onSaved: (request: CompleteCallbackRequest, result: CompleteCallbackResult) => void;
  /** The server will not take it, whenever it is asked. */
  readonly onRefused: (request: CompleteCallbackRequest, code: string) => void;
  readonly wait?: Wait;
}

const key = 'outcomes';

/**
 * What came of calls, on its way to the server. An outcome keeps its request id until it is answered, over lost connections and a reload:
 * the answer that got lost may have been a yes, and the same call must not count twice.
 */
export class OutcomeOutbox {
  readonly pending: Store<readonly CompleteCallbackRequest[]>;
  private readonly options: OutcomeOutboxOptions;
  private readonly wait: Wait;
  private readonly sending = new Set<string>();

  constructor(options: OutcomeOutboxOptions) {
    this.options = options;
    this.wait = options.wait ?? waitFor;
    this.pending = new Store(load(options.keep));
  }

  has(contactId: string): boolean {
    return this.pending.get().some((request) => request.contactId === contactId);
  }

  /** Does nothing while another outcome of the same call-back is on its way. */
  add(request: CompleteCallbackRequest): void {
    if (!this.has(request.contactId)) {
      this.replace([...this.pending.get(), request]);
      void this.send(request);
    }
  }

  /** A connection is there: what had no answer goes out again. */
  connected(): void {
    for (const request of this.pending.get()) {
      void this.send(request);
    }
  }

  private async send(request: CompleteCallbackRequest): Promise<void> {
    if (this.sending.has(request.requestId)) {
      return;
    }
    this.sending.add(request.requestId);
    try {
      const result = await this.answerOf(request);
      this.settle(request);
      this.options.onSaved(request, result);
    } catch (error) {
      const { code } = parseHubError(error);
      if (code !== DISCONNECTED) {
        this.settle(request);
        this.options.onRefused(request, code);
      }
    } finally {
      this.sending.delete(request.requestId);
    }
  }

  /** Asks until there is an answer or the connection is gone. */
  private async answerOf(request: CompleteCallbackRequest): Promise<CompleteCallbackResult> {
    for (let failures = 1; ; failures++) {
      try {
        return await this.options.hub.call('CompleteCallback', request);
      } catch (error) {
        const { code, retryAfterMs } = parseHubError(error);
        if (code === DISCONNECTED || !isRetriable(code)) {
          throw error;
        }
        await this.wait(backoff(failures, retryAfterMs));
      }
    }
  }

  private settle({ requestId }: CompleteCallbackRequest): void {
    this.replace(this.pending.get().filter((request) => request.requestId !== requestId));
  }

  private replace(pending: readonly CompleteCallbackRequest[]): void {
    this.pending.set(pending);
    if (pending.length === 0) {
      this.options.keep.remove(key);
    } else {
      this.options.keep.write(key, JSON.stringify(pending));
    }
  }
}

function load(keep: Keep): readonly CompleteCallbackRequest[] {
  try {
    const value = JSON.parse(keep.read(key) ?? '[]') as unknown;
    return Array.isArray(value) ? value.filter(isRequest) : [];
  } catch {
    return [];
  }
}

function isRequest(value: unknown): value is CompleteCallbackRequest {
  const request = value as Partial<CompleteCallbackRequest> | null;
  return (
    typeof request?.requestId === 'string' &&
    typeof request.contactId === 'string' &&
    typeof request.outcome === 'string' &&
    (request.note === undefined || typeof request.note === 'string')
  );
}
