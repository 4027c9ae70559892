import type { HubError } from '@copilot/contracts';
import { type CustomerIdentity, customerToken } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { keptNames } from '../launcher/kept-names';
import type { ChatSession } from './chat-session';
import { NO_CHAT, summaryOf } from './chat-summary';
import type { InvitationOptions } from './invitation';
import { type KeptChat, KeptChatStore } from './kept-chat';
import { LiveChat } from './live-chat';

/** What a chat needs of the page and the browser that it is in. */
export interface ChatSurroundings {
  readonly pageUrl: string;
  readonly identity: Pick<CustomerIdentity, 'current' | 'known'>;
  /** Shared by all tabs. */
  readonly shared: Storage;
  readonly names: ReturnType<typeof keptNames>;
  readonly openSession: (token: (failures: number) => Promise<string>) => ChatSession;
  /** Co-Pilot on this page. */
  readonly coPilot: Pick<InvitationOptions, 'canJoin' | 'join'>;
}

export interface CurrentChatEvents {
  readonly onChange: () => void;
  readonly onCallback: (contactId: string, topic: string) => void;
  /** The server did not start it, and it is forgotten. */
  readonly onRefused: (code: string, text: string) => void;
}

/** The chat that the page shows, if any, and the connection, which call-backs share. */
export class CurrentChat {
  chat: LiveChat | undefined;
  session: ChatSession | undefined;
  readonly kept: KeptChatStore;
  private readonly around: ChatSurroundings;
  private readonly events: CurrentChatEvents;

  constructor(around: ChatSurroundings, events: CurrentChatEvents) {
    this.around = around;
    this.events = events;
    this.kept = new KeptChatStore(around.shared, around.names);
  }

  /** On a new connection, which whoever calls starts. */
  follow(kept: KeptChat, firstText?: string): LiveChat {
    this.leave();
    const { pageUrl, identity, coPilot } = this.around;
    const { onChange, onCallback } = this.events;
    const chat = new LiveChat({
      kept,
      session: this.connect(),
      pageUrl,
      ownId: () => identity.known?.customerId ?? '',
      storage: this.kept.outbox,
      coPilot,
      onChange,
      onKept: (changed) => {
        this.kept.write(changed);
      },
      onCallback: (contactId) => {
        onCallback(contactId, kept.topic);
      },
      onRefused: (error) => {
        this.refuse(error);
      },
    });
    this.chat = chat;
    if (firstText !== undefined && firstText !== '') {
      chat.outbox.write(firstText, 'text', kept.requestId);
    }
    return chat;
  }

  connect(): ChatSession {
    const session = this.around.openSession(
      customerToken(this.around.identity, (error) => {
        this.refuse(error);
      }),
    );
    session.onState(this.events.onChange);
    this.session = session;
    return session;
  }

  /** It is no chat any more, but its connection goes on. */
  letGo(): void {
    this.kept.forget();
    this.chat?.dispose();
    this.chat = undefined;
    this.events.onChange();
  }

  forget(): void {
    this.kept.forget();
    this.leave();
  }

  leave(): void {
    this.chat?.dispose();
    this.session?.stop();
    this.chat = undefined;
    this.session = undefined;
    this.events.onChange();
  }

  /** @param isShown Before the customer's eyes. */
  read(isShown: boolean): Partial<ChatState> {
    const { chat, session } = this;
    if (!chat) {
      return NO_CHAT;
    }
    const ownId = this.around.identity.known?.customerId ?? '';
    const summary = summaryOf(chat, session?.state ?? 'connecting', ownId);
    if (chat.isClosed && chat.unread === 0 && isShown) {
      this.settleEnded(chat);
    }
    return summary;
  }

  /** Once the customer has seen the end nothing more can come, so the connection goes too. */
  private settleEnded(chat: LiveChat): void {
    if (chat.kept.endedAt === undefined) {
      chat.kept = { ...chat.kept, endedAt: Date.now() };
      this.kept.write(chat.kept);
    }
    if (this.session?.state === 'connected') {
      this.session.stop();
    }
  }

  private refuse(error: HubError): void {
    const { chat } = this;
    if (!chat || chat.kept.conversationId !== undefined) {
      chat?.lose(error);
      return;
    }
    const text = chat.outbox.items.map((item) => item.text).join('\n');
    this.forget();
    this.events.onRefused(error.code, text);
  }
}
