import { ContactStates, type ContactSummary, newId, parseItem } from '@copilot/contracts';
import { CallbackSteps } from './callback/callback-steps';
import { KeptCallbackStore } from './callback/kept-callback';
import type { ControllerOptions } from './chat-options';
import { type ChatState, NOTHING_YET } from './chat-state';
import { ChatStateStore } from './chat-state-store';
import { CurrentChat } from './conversation/current-chat';
import type { KeptChat } from './conversation/kept-chat';
import type { LiveChat } from './conversation/live-chat';
import { askOpenContacts, chatAmong } from './conversation/open-contacts';
import { OwnTyping } from './conversation/own-typing';
import { askingTopic, askTopic, askTopics } from './topics/topic-options';

/** What the customer does, and what follows from it. No DOM: the panel draws `state` whenever `onChange` says so. */
export class ChatController {
  readonly callbacks: CallbackSteps;
  private readonly options: ControllerOptions;
  private readonly current: CurrentChat;
  private readonly store: ChatStateStore;
  private readonly typing = new OwnTyping((typing) => this.chat?.setTyping(typing));
  private isVisible = false;
  private hasLooked = false;

  constructor(options: ControllerOptions) {
    this.options = options;
    const { topics } = options;
    const [only] = topics.length === 1 ? topics : [];
    const start: ChatState = { ...NOTHING_YET, canGoBack: topics.length > 1, topics: topics.map(askingTopic) };
    this.store = new ChatStateStore(only === undefined ? start : { ...start, view: 'form', topic: only }, () =>
      this.current.read(this.isVisible && this.state.isOpen),
    );
    this.current = new CurrentChat(options, {
      onChange: () => {
        this.store.chatChanged();
      },
      onCallback: (contactId, topic) => {
        this.callbacks.adopt(contactId, topic);
      },
      onRefused: (formError, refusedText) => {
        // Back to the form, with every word still there.
        this.change({ view: 'form', formError, refusedText });
        void this.refreshTopics();
      },
    });
    this.callbacks = this.callbackSteps();
  }

  private get chat(): LiveChat | undefined {
    return this.current.chat;
  }

  get state(): ChatState {
    return this.store.state;
  }

  onChange(listener: () => void): void {
    this.store.onChange(listener);
  }

  /** Takes up the chat that is open on this browser, if there is one. */
  resume(): void {
    const kept = this.current.kept.read();
    if (kept && kept.requestId !== this.chat?.kept.requestId) {
      this.follow(kept);
    } else if (!kept && this.chat && !this.callbacks.takeOver(this.chat.contactId) && this.chat.isClosed) {
      this.current.leave();
      this.showStart();
    }
  }

  open(topic?: string): void {
    this.options.own.setItem(this.options.names.panel, 'open');
    if (topic !== undefined && (this.chat === undefined || this.chat.isClosed)) {
      this.current.leave();
      this.chooseTopic(topic);
    }
    this.change({ isOpen: true, openCallbacks: this.callbacks.openTopics() });
    if (this.chat) {
      void this.askWhetherCalled(this.chat);
    } else if (this.hasLooked || topic !== undefined || !this.callbacks.resume()) {
      void this.refreshTopics();
      void this.findOpenContact();
    }
    this.hasLooked = true;
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

  /** From a topic, or a chat that nobody serves yet. */
  askToBeCalled(): void {
    const { topic } = this.state;
    if (this.chat && !this.chat.isClosed) {
      const { contactId } = this.chat;
      if (contactId !== undefined) {
        this.callbacks.ask(this.chat.kept.topic, contactId);
      }
    } else if (topic !== undefined) {
      this.callbacks.ask(topic);
    }
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
    this.current.kept.write(kept);
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
    this.current.forget();
    this.showStart();
  }

  /** The customer is somebody else from now on. */
  forget(): void {
    this.options.shared.removeItem(this.options.names.customer);
    this.options.own.removeItem(this.options.names.draft);
    this.options.shared.removeItem(this.options.names.callbacks);
    this.callbacks.keptChanged();
    this.change({ name: '', refusedText: '' });
    this.startAgain();
  }

  /** Another tab has changed what all tabs share. */
  storageChanged(name: string | null, value: string | null): void {
    const { names } = this.options;
    if (name === names.customer && value === null) {
      this.current.leave();
      this.showStart();
    } else if (name === names.chat) {
      this.resume();
    } else if (name === names.callbacks) {
      this.callbacks.keptChanged();
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
    const chat = this.current.follow(kept, firstText);
    this.callbacks.hide();
    this.change({ view: 'conversation', topic: kept.topic, canBeCalled: false });
    void this.askWhetherCalled(chat);
    this.watch();
    this.current.session?.start();
  }

  /** Whether who waits for a chat could be called instead. */
  private async askWhetherCalled(chat: LiveChat): Promise<void> {
    if (this.state.isOpen && !this.state.canBeCalled && chat.state !== ContactStates.active && !chat.isClosed) {
      const { callback } = await askTopic(this.options.api, this.options.site, chat.kept.topic);
      if (this.chat === chat) {
        this.change({ canBeCalled: callback !== undefined });
      }
    }
  }

  private callbackSteps(): CallbackSteps {
    return new CallbackSteps(this.options, {
      kept: new KeptCallbackStore(this.options.shared, this.options.names),
      state: () => this.state,
      change: this.change.bind(this),
      session: () => this.current.session ?? this.current.connect(),
      leave: this.current.leave.bind(this.current),
      letGoOfChat: this.current.letGo.bind(this.current),
      followChat: this.takeUpChat.bind(this),
      showStart: this.showStart.bind(this),
      chooseTopic: this.chooseTopic.bind(this),
    });
  }

  private takeUpChat(kept: KeptChat): void {
    this.current.kept.write(kept);
    this.follow(kept);
  }

  /** A signed-in customer may have a chat or a call-back open that was begun on another device. */
  private async findOpenContact(): Promise<void> {
    if (!(await this.options.isSignedIn()) || this.chat !== undefined || this.current.session !== undefined) {
      return;
    }
    const session = this.current.connect();
    askOpenContacts(session, (contacts) => {
      if (this.current.session === session && this.chat === undefined && this.state.callback === undefined) {
        this.takeUp(contacts);
      }
    });
  }

  private takeUp(contacts: readonly ContactSummary[]): void {
    const chat = chatAmong(contacts);
    this.callbacks.learn(contacts);
    if (chat) {
      this.takeUpChat(chat);
    } else if (!this.callbacks.resume()) {
      this.current.leave();
    }
  }

  private async refreshTopics(): Promise<void> {
    const { api, site } = this.options;
    const asked = this.state.topics.map((each) => each.topic);
    this.change({ topics: await askTopics(api, site, asked) });
  }

  private watch(): void {
    this.chat?.watch(this.isVisible && this.state.isOpen);
  }

  private change(part: Partial<ChatState>): void {
    const wasOpen = this.state.isOpen;
    this.store.change(part);
    if (wasOpen !== this.state.isOpen) {
      this.watch();
    }
  }
}
