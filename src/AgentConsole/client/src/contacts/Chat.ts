import type { AgentContact } from '@copilot/contracts';
import { ContactStates } from '@copilot/contracts';
import type { Conversation } from '../conversation/Conversation';
import type { ContactFacts } from './ContactFacts';

/** What the list knows of a chat besides its conversation. A call-back that was a chat has one too. */
export interface ChatFacts extends ContactFacts {
  readonly conversationId: string;
  /** The customer has no connection. */
  readonly customerAway?: boolean | undefined;
}

/** A contact of this agent with its conversation. */
export interface Chat extends ChatFacts {
  readonly conversation: Conversation;
}

/** Undefined for a contact without a conversation. */
export function factsOf(contact: AgentContact): ChatFacts | undefined {
  if (contact.conversationId === undefined || contact.state !== ContactStates.active) {
    return undefined;
  }
  return { ...contact, conversationId: contact.conversationId, acceptedAt: contact.acceptedAt };
}
