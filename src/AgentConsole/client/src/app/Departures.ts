import type { ContactChangedEvent } from '@copilot/contracts';
import { Reasons } from '@copilot/contracts';
import type { Chat } from '../contacts/Chat';
import { customerName } from '../customer/customerName';
import type { Draft } from '../conversation/DraftStore';
import type { NoticeStore } from '../notices/NoticeStore';

/** Tells the agent why a chat left the list. The reason comes as a hint before the fact; without it the notice says just that it is gone. */
export class Departures {
  private readonly notices: NoticeStore;
  private readonly reasons = new Map<string, string>();

  constructor(notices: NoticeStore) {
    this.notices = notices;
  }

  expect(event: ContactChangedEvent): void {
    if (event.reason !== undefined) {
      this.reasons.set(event.contactId, event.reason);
    }
  }

  /** @param wasSetOffline The server gave this agent up, so without a better reason that is why; the hint cannot have come through. */
  tell(chat: Chat, draft: Draft, wasSetOffline: boolean): void {
    const reason = this.reasons.get(chat.contactId) ?? (wasSetOffline ? Reasons.agentGone : undefined);
    this.reasons.delete(chat.contactId);
    const state = chat.conversation.state.get();
    const customer = chat.customer ?? state.customer;
    if (!customer) {
      // It was gone before this page ever showed it.
      return;
    }
    this.notices.warn((m) => {
      const name = customerName(customer, m);
      return reason === Reasons.agentGone
        ? m.notices.agent_gone(name)
        : reason === Reasons.transferred
          ? m.notices.transferred(name)
          : m.notices.moved(name);
    });
    if (state.unsent.length > 0 || draft.text !== '') {
      this.notices.warn((m) => m.notices.unsentLost(customerName(customer, m)));
    }
  }
}
