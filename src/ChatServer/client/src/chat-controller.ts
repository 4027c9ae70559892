import { type HubError, newId, parseItem } from '@copilot/contracts';
import { type CustomerIdentity, customerToken, type ServerApi } from '@copilot/shop-page';
import { type ChatState, NOTHING_YET } from './chat-state';
import type { ChatSession } from './conversation/chat-session';
import { NO_CHAT, summaryOf } from './conversation/chat-summary';
import { type KeptChat, KeptChatStore } from './conversation/kept-chat';
import type { InvitationOptions } from './conversation/invitation';
import { LiveChat } from './conversation/live-chat';
import { OwnTyping } from './conversation/own-typing';
import type { keptNames } from './launcher/kept-names';
import { askingTopic, askTopics } from './topics/topic-options';

export interface ControllerOptions {
  readonly site: string;
  readonly topics: readonly string[];
  readonly pageUrl: string;
  readonly api: Pick<ServerApi, 'contactOptions'>;
  readonly identity: Pick<CustomerIdentity, 'current' | 'known'>;
  /** Shared by all tabs. */
  readonly shared: Storage;
  /** This tab's. */
  readonly own: Storage;
  readonly names: ReturnType<typeof keptNames>;
  readonly openSession: (token: (failures: number) => Promise<string>) => ChatSession;
  readonly isSignedIn: () => Promise<boolean>;
  /** Co-Pilot on this page. */
  readonly coPilot: Pick<InvitationOptions, 'canJoin' | 'join'>;
}

/** What the customer does, and what follows from it. No DOM: the panel draws `state` whenever `onChange` says so. */
export class ChatController {
  state: ChatState = NOTHING_YET;
  private readonly options: ControllerOptions;
  private readonly kept: KeptChatStore;
  private readonly listeners = new Set<() => void>();
  private readonly typing = new OwnTyping((typing) => this.chat?.setTyping(typing));
  private session: ChatSession | undefined;
  private chat: LiveChat | undefined;
  private isVisible = false;
  private isScheduled = false;
  private isStale = false;

  constructor(options: ControllerOptions) {
    this.options = options;
    this.kept = new KeptChatStore(options.shared, options.names);
    this.state = { ...NOTHING_YET, canGoBack: options.topics.length > 1, topics: options.topics.map(askingTopic) };
    if (options.topics.length === 1) {
      this.state = { ...this.state, view: 'form', topic: options.topics[0] };
    }
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Takes up the chat that is open on this browser, if there is one. */
  resume(): void {
    const kept = this.kept.read();
    if (kept && kept.requestId !== this.chat?.kept.requestId) {
      this.follow(kept);
    } else if (!kept && this.chat?.isClosed === true) {
      this.leave();
      this.showStart();
    }
  }

  open(topic?: string): void {
    this.options.own.setItem(this.options.names.panel, 'open');
    if (topic !== undefined && (this.chat === undefined || this.chat.isClosed)) {
      this.leave();
      this.chooseTopic(topic);
    }
    this.change({ isOpen: true });
    if (this.chat === undefined) {
      void this.refreshTopics();
      void this.findOpenChat();
    }
  }

  minimise(): void {
    this.options.own.removeItem(this.options.names.panel);
    this.change({ isOpen: false });
  }

  get wasOpen(): boolean {
    return this.options.own.getItem(this.options.names.panel) !== null;
  }

  /** The page is in front of the customer, or not. */
  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.watch();
  }

  chooseTopic(topic: string): void {
    const topics = this.state.topics.some((each) => each.topic === topic)
      ? this.state.topics
      : [...this.state.topics, askingTopic(topic)];
    this.change({ view: 'form', topic, topics, formError: undefined, canGoBack: topics.length > 1 });
  }

  back(): void {
    this.change({ view: 'topics', formError: undefined });
    void this.refreshTopics();
  }

  start(name: string, text: string): void {
    const { topic } = this.state;
    if (topic === undefined || this.chat) {
      return;
    }
    const trimmed = name.trim();
    const kept: KeptChat = { requestId: newId(), topic, ...(trimmed === '' ? {} : { name: trimmed }) };
    this.change({ name: trimmed, formError: undefined, refusedText: '' });
    this.follow(kept, text.trim());
    // After the text is in the outbox, so that another tab that sees this finds both.
    this.kept.write(kept);
  }

  send(text: string): void {
    this.typing.sent();
    this.chat?.outbox.write(text.trim());
  }

  retry(messageId: string): void {
    this.chat?.outbox.retry(messageId);
  }

  discard(messageId: string): void {
    this.chat?.outbox.discard(messageId);
  }

  typed(text: string): void {
    this.options.own.setItem(this.options.names.draft, text);
    if (this.chat) {
      this.typing.changed(text);
    }
  }

  get draft(): string {
    return this.options.own.getItem(this.options.names.draft) ?? '';
  }

  end(): void {
    this.chat?.end();
  }

  /** The agent may look along; the question for consent follows. */
  acceptInvitation(): void {
    void this.chat?.invitation.accept();
  }

  declineInvitation(): void {
    this.chat?.invitation.drop();
  }

  /** From an ended chat to a new one. */
  startAgain(): void {
    this.forgetChat();
    this.showStart();
  }

  /** The customer is somebody else from now on. */
  forget(): void {
    this.options.shared.removeItem(this.options.names.customer);
    this.options.own.removeItem(this.options.names.draft);
    this.change({ name: '', refusedText: '' });
    this.startAgain();
  }

  /** Another tab has changed what all tabs share. */
  storageChanged(name: string | null, value: string | null): void {
    const { names } = this.options;
    if (name === names.customer && value === null) {
      this.leave();
      this.showStart();
    } else if (name === names.chat) {
      this.resume();
    } else if (name?.startsWith(names.outbox) === true && value !== null) {
      const item = parseItem(value);
      if (item) {
        this.chat?.outbox.adopt(item);
      }
    }
  }

  private showStart(): void {
    const only = this.options.topics.length === 1 ? this.options.topics[0] : undefined;
    this.change({ view: only === undefined ? 'topics' : 'form', topic: only, formError: undefined });
    if (this.state.isOpen) {
      void this.refreshTopics();
    }
  }

  private follow(kept: KeptChat, firstText?: string): void {
    this.leave();
    const session = this.connect();
    const chat = new LiveChat({
      kept,
      session,
      pageUrl: this.options.pageUrl,
      ownId: () => this.options.identity.known?.customerId ?? '',
      storage: this.kept.outbox,
      coPilot: this.options.coPilot,
      onChange: () => {
        this.chatChanged();
      },
      onKept: (changed) => {
        this.kept.write(changed);
      },
      onRefused: (error) => {
        this.refuse(error);
      },
    });
    this.chat = chat;
    if (firstText !== undefined && firstText !== '') {
      chat.outbox.write(firstText, 'text', kept.requestId);
    }
    this.change({ view: 'conversation', topic: kept.topic });
    this.watch();
    session.start();
  }

  private connect(): ChatSession {
    const session = this.options.openSession(
      customerToken(this.options.identity, (error) => {
        this.refuse(error);
      }),
    );
    session.onState(() => {
      this.chatChanged();
    });
    this.session = session;
    return session;
  }

  /** A signed-in customer may have a chat open that was begun on another device. */
  private async findOpenChat(): Promise<void> {
    if (!(await this.options.isSignedIn()) || this.chat !== undefined || this.session !== undefined) {
      return;
    }
    const session = this.connect();
    session.onConnected(() => {
      session
        .call('MyContacts', {})
        .then(({ contacts }) => {
          const contact = contacts.find((each) => each.conversationId !== undefined);
          if (this.chat === undefined) {
            this.leave();
            if (contact?.conversationId !== undefined) {
              const { topic, conversationId } = contact;
              const kept: KeptChat = { requestId: newId(), topic, conversationId };
              this.kept.write(kept);
              this.follow(kept);
            }
          }
        })
        .catch(() => undefined);
    });
    session.start();
  }

  private async refreshTopics(): Promise<void> {
    const topics = await askTopics(
      this.options.api,
      this.options.site,
      this.state.topics.map((each) => each.topic),
    );
    this.change({ topics });
  }

  /** The start was refused: back to the form, with every word still there. */
  private refuse(error: HubError): void {
    const { chat } = this;
    if (!chat || chat.kept.conversationId !== undefined) {
      chat?.lose(error);
      return;
    }
    const refusedText = chat.outbox.items.map((item) => item.text).join('\n');
    this.forgetChat();
    this.change({ view: 'form', formError: error.code, refusedText });
    void this.refreshTopics();
  }

  private forgetChat(): void {
    this.kept.forget();
    this.leave();
  }

  private leave(): void {
    this.chat?.dispose();
    this.session?.stop();
    this.chat = undefined;
    this.session = undefined;
    this.chatChanged();
  }

  private watch(): void {
    this.chat?.watch(this.isVisible && this.state.isOpen);
  }

  private chatChanged(): void {
    this.isStale = true;
    this.schedule();
  }

  private readChat(): Partial<ChatState> {
    const { chat, session } = this;
    return chat
      ? summaryOf(chat, session?.state ?? 'connecting', this.options.identity.known?.customerId ?? '')
      : NO_CHAT;
  }

  /** Once the customer has seen the end nothing more can come, so the connection goes too. */
  private settleEnded(chat: LiveChat): void {
    const seen = chat.unread === 0 && this.isVisible && this.state.isOpen;
    if (chat.isClosed && seen && chat.kept.endedAt === undefined) {
      chat.kept = { ...chat.kept, endedAt: Date.now() };
      this.kept.write(chat.kept);
    }
    if (chat.isClosed && seen && this.session?.state === 'connected') {
      this.session.stop();
    }
  }

  private change(part: Partial<ChatState>): void {
    const wasOpen = this.state.isOpen;
    this.state = { ...this.state, ...part };
    if (wasOpen !== this.state.isOpen) {
      this.watch();
    }
    this.schedule();
  }

  /** Many changes of one moment are read and drawn once. */
  private schedule(): void {
    if (!this.isScheduled) {
      this.isScheduled = true;
      queueMicrotask(() => {
        this.isScheduled = false;
        this.settle();
      });
    }
  }

  private settle(): void {
    if (this.isStale) {
      this.isStale = false;
      this.state = { ...this.state, ...this.readChat() };
      if (this.chat) {
        this.settleEnded(this.chat);
      }
    }
    this.listeners.forEach((listener) => {
      listener();
    });
  }
}
