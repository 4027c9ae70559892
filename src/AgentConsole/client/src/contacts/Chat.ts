import type { AgentContact, CustomerInfo, OfferedEvent } from '@copilot/contracts';
import { ContactStates } from '@copilot/contracts';
import type { Conversation } from '../conversation/Conversation';

/** What the list knows of a chat besides its conversation. The customer is absent after a reload until the log is there. */
export interface ChatFacts {
  readonly contactId: string;
  readonly conversationId: string;
  readonly queue: string;
  readonly topic: string;
  readonly arrivedAt: string;
  readonly acceptedAt: string | undefined;
  readonly customer: CustomerInfo | undefined;
}

/** A contact of this agent with its conversation. */
export interface Chat extends ChatFacts {
  readonly conversation: Conversation;
}

/** Contacts without a conversation are another channel's; this console does not serve them yet. */
export function factsOf(contact: AgentContact): ChatFacts | undefined {
  if (contact.conversationId === undefined || contact.state !== ContactStates.active) {
    return undefined;
  }
  return { ...contact, conversationId: contact.conversationId, acceptedAt: contact.acceptedAt };
}

/** What an accepted offer tells, so that the chat opens without waiting for another answer. */
export function factsOfOffer(offer: OfferedEvent, conversationId: string, serverNow: number): ChatFacts {
  return {
    contactId: offer.contactId,
    conversationId,
    queue: offer.queue,
    topic: offer.topic,
    customer: offer.customer,
    arrivedAt: new Date(serverNow - offer.waitedSeconds * 1000).toISOString(),
    acceptedAt: new Date(serverNow).toISOString(),
  };
}
