import { parseHubError } from '@copilot/contracts';
import { Store } from '../stores/Store';
import type { CoBrowseHub } from './CoBrowseHub';

export interface InvitationState {
  readonly isSending: boolean;
  /** Local time; undefined until the server has passed it on. */
  readonly sentAt: number | undefined;
  readonly problem: string | undefined;
}

export interface InvitationOptions {
  readonly hub: CoBrowseHub;
  readonly sessionId: () => string | undefined;
}

/** The code as one click in the customer's chat. Whether their page showed it nobody tells: they join, or they do not. */
export class Invitation {
  readonly state = new Store<InvitationState>({ isSending: false, sentAt: undefined, problem: undefined });
  private readonly options: InvitationOptions;

  constructor(options: InvitationOptions) {
    this.options = options;
  }

  async send(conversationId: string, now: number): Promise<void> {
    const { hub, sessionId } = this.options;
    const id = sessionId();
    if (id === undefined || this.state.get().isSending) {
      return;
    }
    this.state.update((state) => ({ ...state, isSending: true, problem: undefined }));
    try {
      await hub.call('Invite', { sessionId: id, conversationId });
      this.state.set({ isSending: false, sentAt: now, problem: undefined });
    } catch (error) {
      this.state.update((state) => ({ ...state, isSending: false, problem: parseHubError(error).code }));
    }
  }
}
