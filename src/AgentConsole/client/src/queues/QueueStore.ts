import type { ColleagueSummary, QueueSummary } from '@copilot/contracts';
import type { ChatHub } from '../connection/ChatHub';
import { Store } from '../stores/Store';

export interface QueuesState {
  /** Undefined until the server has answered once. */
  readonly queues: readonly QueueSummary[] | undefined;
  readonly agents: readonly ColleagueSummary[];
  /** Local time of the queues' numbers; the longest wait grows from there. */
  readonly at: number;
  readonly failed: boolean;
}

/** The site's queues, pushed by the server, and the colleagues, asked for. */
export class QueueStore {
  readonly state = new Store<QueuesState>({ queues: undefined, agents: [], at: 0, failed: false });
  private readonly hub: ChatHub;
  private readonly now: () => number;

  constructor(hub: ChatHub, now: () => number) {
    this.hub = hub;
    this.now = now;
  }

  changed(queues: readonly QueueSummary[]): void {
    this.state.update((state) => ({ ...state, queues, at: this.now(), failed: false }));
  }

  /** Asks for everything; false when that did not work. */
  async refresh(): Promise<boolean> {
    try {
      const { queues, agents } = await this.hub.call('GetQueues', {});
      this.state.set({ queues, agents, at: this.now(), failed: false });
      return true;
    } catch {
      this.state.update((state) => ({ ...state, failed: true }));
      return false;
    }
  }
}

/** How long the first in line has waited by now. */
export function longestWait(queue: QueueSummary, at: number, now: number): number {
  return queue.waiting === 0 ? 0 : queue.longestWaitSeconds + Math.max(0, Math.floor((now - at) / 1000));
}
