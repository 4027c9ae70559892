import type { ContactChangedEvent } from '@copilot/contracts';
import { ContactKinds, Reasons } from '@copilot/contracts';
import type { ContactFacts } from '../contacts/ContactFacts';
import { customerName } from '../customer/customerName';
import type { NoticeStore } from '../notices/NoticeStore';

/** Tells the agent why a contact left the list. The reason comes as a hint before the fact; without it the notice says just that it is gone. */
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

  /**
   * @param contact Without its customer it was gone before this page ever showed it.
   * @param wasSetOffline The server gave this agent up, so without a better reason that is why; the hint cannot have come through.
   */
  tell({ contactId, kind, customer }: ContactFacts, wasSetOffline: boolean): void {
    const reason = this.reasons.get(contactId) ?? (wasSetOffline ? Reasons.agentGone : undefined);
    this.reasons.delete(contactId);
    if (!customer) {
      return;
    }
    this.notices.warn((m) => {
      const name = customerName(customer, m);
      const said = kind === ContactKinds.callback ? m.calls.notices : m.notices;
      switch (reason) {
        case Reasons.agentGone:
          return said.agent_gone(name);
        case Reasons.transferred:
          return said.transferred(name);
        case Reasons.endedByCustomer:
          return said.ended_by_customer(name);
        default:
          return said.moved(name);
      }
    });
  }

  tellUnsent({ customer }: ContactFacts): void {
    this.notices.warn((m) => m.notices.unsentLost(customerName(customer, m)));
  }
}
