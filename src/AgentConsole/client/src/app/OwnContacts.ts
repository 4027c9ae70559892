import type { AcceptOfferResult, AgentContact, ContactChangedEvent, LogEntry, OfferedEvent } from '@copilot/contracts';
import { ContactKinds, ContactStates, ErrorCodes, webOutboxStorage } from '@copilot/contracts';
import { type Call, callOf } from '../callbacks/Call';
import { CallStore } from '../callbacks/CallStore';
import { outcomeText } from '../callbacks/callText';
import { type Chat, type ChatFacts, factsOf } from '../contacts/Chat';
import { ChatMemory } from '../contacts/ChatMemory';
import { ChatStore } from '../contacts/ChatStore';
import { type ContactFacts, factsOfOffer } from '../contacts/ContactFacts';
import { Conversation } from '../conversation/Conversation';
import { DraftStore } from '../conversation/DraftStore';
import { customerName } from '../customer/customerName';
import { Keep } from '../stores/Keep';
import { announceNews } from './announceNews';
import { Departures } from './Departures';
import type { DeskOptions } from './Desk';

export interface OwnContactsOptions extends DeskOptions {
  readonly keep: Keep;
  /** Something happened that only the server knows the whole of. */
  readonly onChanged: () => void;
}

/** The chats and call-backs of the agent, as the server has them. A call-back that was a chat is in both, and counts once. */
export class OwnContacts {
  readonly chats: ChatStore;
  readonly calls: CallStore;
  readonly drafts: DraftStore;
  private readonly options: OwnContactsOptions;
  private readonly departures: Departures;

  constructor(options: OwnContactsOptions) {
    this.options = options;
    this.drafts = new DraftStore(options.keep);
    this.departures = new Departures(options.notices);
    this.chats = new ChatStore({
      ownId: options.profile.agentId,
      memory: new ChatMemory(options.keep),
      open: (facts) => this.openConversation(facts),
    });
    this.calls = new CallStore({
      hub: options.hub,
      keep: options.keep,
      onSaved: (call) => {
        this.outcomeSaved(call);
      },
      onRefused: (call, code) => {
        this.outcomeRefused(call, code);
      },
    });
  }

  find(contactId: string): ContactFacts | undefined {
    const chat = this.chats.find(contactId);
    const known = chat && { ...chat, customer: chat.customer ?? chat.conversation.state.get().customer };
    return this.calls.find(contactId) ?? known;
  }

  /** A connection is there: asks for what was missed, and repeats what had no answer. */
  connected(): void {
    this.calls.outcomes.connected();
    for (const { conversation } of this.chats.state.get().chats) {
      conversation.follow();
    }
  }

  disconnected(): void {
    for (const { conversation } of this.chats.state.get().chats) {
      conversation.pause();
    }
  }

  /** Shows what the agent just took, without waiting for another answer. */
  accepted(offer: OfferedEvent, { conversationId, callback }: AcceptOfferResult): void {
    const facts = factsOfOffer(offer, this.options.clock.now());
    if (callback) {
      this.dismissDone();
      this.calls.put({ ...facts, conversationId, callback });
    }
    if (conversationId !== undefined) {
      const chat = this.chats.find(facts.contactId) ?? this.chats.put({ ...facts, conversationId });
      chat.conversation.follow();
    }
    if (this.find(facts.contactId)) {
      this.chats.select(facts.contactId);
    }
  }

  /** @param wasSetOffline The server gave this agent up. */
  reconcile(contacts: readonly AgentContact[], wasSetOffline: boolean): void {
    for (const facts of contacts.flatMap((contact) => callOf(contact) ?? [])) {
      this.calls.put(facts);
    }
    for (const facts of contacts.flatMap((contact) => factsOf(contact) ?? [])) {
      const known = this.chats.find(facts.contactId);
      const chat = this.chats.put(facts);
      if (!known || chat.conversation.isRefused) {
        chat.conversation.follow();
      }
    }
    const active = contacts.filter((contact) => contact.state === ContactStates.active);
    const mine = new Set(active.map((contact) => contact.contactId));
    this.removeGoneCalls(mine, wasSetOffline);
    this.removeGoneChats(mine, wasSetOffline);
    this.chats.loaded();
  }

  /** A hint of why a contact may soon be gone. */
  expect(event: ContactChangedEvent): void {
    this.departures.expect(event);
  }

  /** The contact `by` places after the selected one, in the lists' order, round and round. */
  step(by: 1 | -1): void {
    const { chats, selectedId } = this.chats.state.get();
    const ids = [...new Set([...this.calls.state.get(), ...chats].map((contact) => contact.contactId))];
    const index = ids.indexOf(selectedId ?? '');
    const next = index < 0 ? (by > 0 ? 0 : ids.length - 1) : (index + by + ids.length) % ids.length;
    if (ids.length > 0) {
      this.chats.select(ids[next]);
    }
  }

  /** Takes an ended contact off the lists. */
  dismiss(contactId: string): void {
    const chat = this.chats.find(contactId);
    this.calls.remove(contactId);
    if (chat) {
      this.remove(chat);
      this.options.hub.call('Leave', { conversationId: chat.conversationId }).catch(() => undefined);
    } else {
      this.unselect(contactId);
    }
  }

  /** Puts the calls away that have their outcome. */
  dismissDone(): void {
    for (const call of this.calls.state.get()) {
      if (call.result) {
        this.dismiss(call.contactId);
      }
    }
  }

  private removeGoneCalls(mine: ReadonlySet<string>, wasSetOffline: boolean): void {
    for (const call of this.calls.state.get()) {
      // One whose outcome is on its way may be gone because it arrived; its answer tells.
      if (mine.has(call.contactId) || call.result || this.calls.outcomes.has(call.contactId)) {
        continue;
      }
      this.departures.tell(call, wasSetOffline);
      this.calls.remove(call.contactId);
      if (!this.chats.find(call.contactId)) {
        this.unselect(call.contactId);
      }
    }
  }

  /** What is neither this agent's nor an ended chat of theirs leaves the list, and the agent is told why. */
  private removeGoneChats(mine: ReadonlySet<string>, wasSetOffline: boolean): void {
    for (const chat of this.chats.state.get().chats) {
      if (mine.has(chat.contactId)) {
        continue;
      }
      if (chat.conversation.isRefused) {
        this.tellGone(chat, wasSetOffline);
        this.remove(chat);
      } else if (chat.conversation.state.get().phase !== 'ended') {
        // The log knows whether it ended or went to somebody else.
        chat.conversation.follow();
      }
    }
  }

  private tellGone(chat: Chat, wasSetOffline: boolean): void {
    const state = chat.conversation.state.get();
    const contact = { ...chat, customer: chat.customer ?? state.customer };
    // Of a call-back its call has told already.
    if (chat.kind !== ContactKinds.callback) {
      this.departures.tell(contact, wasSetOffline);
    }
    if (contact.customer && (state.unsent.length > 0 || this.drafts.of(chat.conversationId).text !== '')) {
      this.departures.tellUnsent(contact);
    }
  }

  private outcomeSaved(call: Call | undefined): void {
    this.options.onChanged();
    const chat = this.chats.find(call?.contactId ?? '');
    if (!call?.result) {
      return;
    }
    const { outcome, state } = call.result;
    this.options.announcer.tell((m) => m.calls.done.announced(customerName(call.customer, m), outcomeText(outcome, m)));
    if (chat && state !== ContactStates.closed) {
      // The customer is called again, perhaps by somebody else: until then the conversation is nobody's.
      this.remove(chat);
    }
  }

  private outcomeRefused(call: Call | undefined, code: string): void {
    // Otherwise the call is still this agent's, and its card says what was wrong.
    if (!call || code === ErrorCodes.stale || code === ErrorCodes.notFound) {
      this.options.notices.warn((m) => m.calls.notices.outcomeLost(customerName(call?.customer, m)));
    }
    this.options.onChanged();
  }

  /** With what was begun for it: should the chat come back one day, no old words may go out. */
  private remove(chat: Chat): void {
    this.drafts.forget(chat.conversationId);
    this.chats.remove(chat.contactId);
    new Keep(() => this.options.storage, this.unsentPrefix(chat)).clear();
    if (!this.calls.find(chat.contactId)) {
      this.unselect(chat.contactId);
    }
  }

  private unselect(contactId: string): void {
    if (this.chats.state.get().selectedId === contactId) {
      this.chats.select(undefined);
    }
  }

  private unsentPrefix({ conversationId }: ChatFacts): string {
    return `copilot.${this.options.profile.agentId}.unsent.${conversationId}.`;
  }

  private openConversation(facts: ChatFacts): Conversation {
    const { hub, clock, profile, announcer, notices, storage } = this.options;
    this.drafts.open(facts.conversationId);
    return new Conversation({
      conversationId: facts.conversationId,
      ownId: profile.agentId,
      hub,
      clock,
      storage: webOutboxStorage(storage, this.unsentPrefix(facts)),
      onGone: () => {
        this.options.onChanged();
      },
      onNews: (entries: readonly LogEntry[]) => {
        announceNews(this.chats.find(facts.contactId), entries, profile.agentId, announcer, notices);
      },
    });
  }
}
