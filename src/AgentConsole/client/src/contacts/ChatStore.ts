import type { Conversation } from '../conversation/Conversation';
import { countUnread } from '../conversation/ConversationState';
import { Store } from '../stores/Store';
import type { Chat, ChatFacts } from './Chat';
import type { ChatMemory } from './ChatMemory';

export interface ChatsState {
  /** False until the server has said once which chats are this agent's. */
  readonly loaded: boolean;
  /** Open ones first, each group by acceptance: an order that does not jump while somebody reaches for the mouse. */
  readonly chats: readonly Chat[];
  /** The contact on the screen, of any kind. */
  readonly selectedId: string | undefined;
}

export interface ChatStoreOptions {
  readonly ownId: string;
  readonly memory: ChatMemory;
  readonly open: (facts: ChatFacts) => Conversation;
}

/** The agent's chats, the selected one, and how much in all of them is unread. */
export class ChatStore {
  readonly state = new Store<ChatsState>({ loaded: false, chats: [], selectedId: undefined });
  readonly unread = new Store(0);
  private readonly options: ChatStoreOptions;
  private readonly stopWatching = new Map<string, () => void>();

  constructor(options: ChatStoreOptions) {
    this.options = options;
    for (const facts of options.memory.load()) {
      this.put(facts);
    }
    this.state.update((state) => ({ ...state, selectedId: options.memory.selectedId }));
  }

  find(contactId: string): Chat | undefined {
    return this.state.get().chats.find((chat) => chat.contactId === contactId);
  }

  findByConversation(conversationId: string): Chat | undefined {
    return this.state.get().chats.find((chat) => chat.conversationId === conversationId);
  }

  get selected(): Chat | undefined {
    return this.find(this.state.get().selectedId ?? '');
  }

  /** Adds a chat or renews what is known of it. */
  put(facts: ChatFacts): Chat {
    const known = this.find(facts.contactId);
    const chat: Chat = { ...facts, conversation: known?.conversation ?? this.options.open(facts) };
    const others = this.state.get().chats.filter((other) => other.contactId !== facts.contactId);
    this.replace([...others, chat]);
    if (!known) {
      this.stopWatching.set(
        chat.contactId,
        chat.conversation.state.subscribe(() => {
          this.changed();
        }),
      );
    }
    return chat;
  }

  loaded(): void {
    this.state.update((state) => ({ ...state, loaded: true }));
  }

  /** A contact of any kind. */
  select(contactId: string | undefined): void {
    this.options.memory.selectedId = contactId;
    this.state.update((state) => ({ ...state, selectedId: contactId }));
  }

  /** Takes the chat off the list; what is selected stays so, since a call-back outlives its conversation. */
  remove(contactId: string): void {
    const chat = this.find(contactId);
    if (!chat) {
      return;
    }
    this.stopWatching.get(contactId)?.();
    this.stopWatching.delete(contactId);
    chat.conversation.dispose();
    this.replace(this.state.get().chats.filter((other) => other !== chat));
  }

  dispose(): void {
    for (const chat of this.state.get().chats) {
      this.stopWatching.get(chat.contactId)?.();
      chat.conversation.dispose();
    }
  }

  private changed(): void {
    const { chats } = this.state.get();
    const sorted = inOrder(chats);
    if (sorted.some((chat, index) => chat !== chats[index])) {
      this.replace(sorted);
    }
    this.count();
  }

  private replace(chats: readonly Chat[]): void {
    this.state.update((state) => ({ ...state, chats: inOrder(chats) }));
    this.options.memory.save(this.state.get().chats);
    this.count();
  }

  private count(): void {
    const { chats } = this.state.get();
    this.unread.set(
      chats.reduce((sum, chat) => sum + countUnread(chat.conversation.state.get(), this.options.ownId), 0),
    );
  }
}

function inOrder(chats: readonly Chat[]): readonly Chat[] {
  return chats.toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)) || since(a).localeCompare(since(b)));
}

function hasEnded(chat: Chat): boolean {
  return chat.conversation.state.get().phase === 'ended';
}

function since(chat: Chat): string {
  return chat.acceptedAt ?? chat.arrivedAt;
}
