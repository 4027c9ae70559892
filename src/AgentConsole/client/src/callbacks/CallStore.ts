import type { CompleteCallbackRequest, CompleteCallbackResult } from '@copilot/contracts';
import { newId, type Wait } from '@copilot/contracts';
import type { ChatHub } from '../connection/ChatHub';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';
import type { Call, CallFacts } from './Call';
import { CallMemory } from './CallMemory';
import { OutcomeOutbox } from './OutcomeOutbox';

export interface CallStoreOptions {
  readonly hub: ChatHub;
  readonly keep: Keep;
  /** The server has the outcome. The call is absent when it was made before a reload and is no longer this agent's. */
  readonly onSaved: (call: Call | undefined) => void;
  readonly onRefused: (call: Call | undefined, code: string) => void;
  readonly wait?: Wait;
}

/** The call-backs that this agent serves, with those just served until they are put away. */
export class CallStore {
  readonly state = new Store<readonly Call[]>([]);
  readonly outcomes: OutcomeOutbox;
  private readonly options: CallStoreOptions;
  private readonly memory: CallMemory;

  constructor(options: CallStoreOptions) {
    this.options = options;
    this.memory = new CallMemory(options.keep);
    this.outcomes = new OutcomeOutbox({
      ...options,
      onSaved: (request, result) => {
        this.saved(request, result);
      },
      onRefused: (request, code) => {
        this.change(request.contactId, { problem: code });
        options.onRefused(this.find(request.contactId), code);
      },
    });
  }

  find(contactId: string): Call | undefined {
    return this.state.get().find((call) => call.contactId === contactId);
  }

  /** Adds a call or renews what is known of it. One that had an outcome and is this agent's again begins anew. */
  put(facts: CallFacts): Call {
    const known = this.find(facts.contactId);
    const { dialedAt, note = '' } = (known?.result ? undefined : known) ?? this.memory.find(facts.contactId) ?? {};
    const call: Call = { ...facts, dialedAt, note, result: undefined, problem: known?.problem };
    this.replace(
      known ? this.state.get().map((other) => (other === known ? call : other)) : [...this.state.get(), call],
    );
    return call;
  }

  /** The agent begins to dial. Again is again: the line that counts is the last one. */
  dial(contactId: string, localNow: number): void {
    this.change(contactId, { dialedAt: localNow });
  }

  write(contactId: string, note: string): void {
    this.change(contactId, { note });
  }

  /** @param outcome One of `CallOutcomes`. */
  complete(contactId: string, outcome: string): void {
    const call = this.find(contactId);
    if (!call || call.result) {
      return;
    }
    this.change(contactId, { problem: undefined });
    const note = call.note.trim();
    this.outcomes.add({ requestId: newId(), contactId, outcome, ...(note === '' ? {} : { note }) });
  }

  remove(contactId: string): void {
    this.replace(this.state.get().filter((call) => call.contactId !== contactId));
  }

  private saved({ contactId, outcome }: CompleteCallbackRequest, result: CompleteCallbackResult): void {
    this.change(contactId, { result: { outcome, state: result.state, nextAttemptAt: result.nextAttemptAt } });
    this.options.onSaved(this.find(contactId));
  }

  private change(contactId: string, change: Partial<Call>): void {
    // Unknown after a reload, while its outcome still goes out; what is remembered of others stays.
    if (this.find(contactId)) {
      this.replace(this.state.get().map((call) => (call.contactId === contactId ? { ...call, ...change } : call)));
    }
  }

  private replace(calls: readonly Call[]): void {
    this.state.set(calls);
    this.memory.save(calls.filter((call) => !call.result));
  }
}
