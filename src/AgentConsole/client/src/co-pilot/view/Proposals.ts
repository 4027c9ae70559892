import { type NavigationAnsweredEvent, parseHubError } from '@copilot/contracts';
import { Store } from '../../stores/Store';
import type { CoBrowseHub } from '../CoBrowseHub';

export interface Proposal {
  /** As the agent chose it: a page's title, or what they typed. */
  readonly name: string;
  readonly state: 'sending' | 'waiting' | 'accepted' | 'declined' | 'refused';
  /** Why it was refused, as the wire has it. */
  readonly problem?: string;
}

export interface ProposalsOptions {
  readonly hub: CoBrowseHub;
  readonly sessionId: () => string | undefined;
}

/** The page that the agent proposed last, and what became of it. The server keeps only the last one too. */
export class Proposals {
  readonly last = new Store<Proposal | undefined>(undefined);
  private readonly options: ProposalsOptions;
  private waitingFor: { readonly id: string; readonly name: string } | undefined;
  /** An answer may overtake the id of what it answers. */
  private early: NavigationAnsweredEvent | undefined;
  private isSending = false;

  constructor(options: ProposalsOptions) {
    this.options = options;
  }

  async propose(url: string, name = url): Promise<void> {
    const sessionId = this.options.sessionId();
    if (sessionId === undefined || this.isSending) {
      return;
    }
    this.isSending = true;
    this.early = undefined;
    this.waitingFor = undefined;
    this.last.set({ name, state: 'sending' });
    try {
      const { proposalId } = await this.options.hub.call('ProposeNavigation', { sessionId, url });
      this.waitingFor = { id: proposalId, name };
      this.last.set({ name, state: 'waiting' });
      this.answer(this.early);
    } catch (error) {
      this.last.set({ name, state: 'refused', problem: parseHubError(error).code });
    } finally {
      this.isSending = false;
    }
  }

  answered(event: NavigationAnsweredEvent): void {
    if (this.isSending) {
      this.early = event;
    } else {
      this.answer(event);
    }
  }

  /** Another page has no question on it any more; should an answer come all the same, it counts. */
  customerReturned(): void {
    if (this.last.get()?.state === 'waiting') {
      this.last.set(undefined);
    }
  }

  private answer(event: NavigationAnsweredEvent | undefined): void {
    if (this.waitingFor && event?.proposalId === this.waitingFor.id) {
      const { name } = this.waitingFor;
      this.waitingFor = undefined;
      this.last.set({ name, state: event.accepted ? 'accepted' : 'declined' });
    }
  }
}
