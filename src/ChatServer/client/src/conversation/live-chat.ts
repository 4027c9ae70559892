import {
  backoff,
  type ContactChangedEvent,
  ContactKinds,
  ContactStates,
  ConversationFollower,
  ConversationLog,
  DISCONNECTED,
  EntryKinds,
  type HubError,
  isRetriable,
  type LogEntry,
  Outbox,
  type OutboxStorage,
  parseHubError,
  type StartChatRequest,
  type Wait,
  waitFor,
  type WaitRange,
} from '@copilot/contracts';
import type { ChatSession } from './chat-session';
import { Invitation, type InvitationOptions } from './invitation';
import type { KeptChat } from './kept-chat';
import { OtherTyping } from './other-typing';
import { ReadMark } from './read-mark';

export interface LiveChatOptions {
  readonly kept: KeptChat;
  readonly session: ChatSession;
  readonly ownId: () => string;
  readonly pageUrl: string;
  readonly storage: OutboxStorage;
  readonly coPilot: Pick<InvitationOptions, 'canJoin' | 'join'>;
  readonly onChange: () => void;
  /** Something to keep has changed. */
  readonly onKept: (kept: KeptChat) => void;
  /** It has become a call-back, on another device or while nobody looked. */
  readonly onCallback: (contactId: string) => void;
  /** The server will not start it. */
  readonly onRefused: (error: HubError) => void;
  readonly wait?: Wait;
}

/**
 * One chat from the first click to its end: asks for it, keeps its log complete, sends what is written, and knows the place in line.
 * Everything may be written at once; what cannot go out yet waits in the outbox.
 */
export class LiveChat {
  /** From the moment that the conversation's id is known. */
  log: ConversationLog | undefined;
  readonly outbox: Outbox;
  kept: KeptChat;
  position: number | undefined;
  estimatedWait: WaitRange | undefined;
  readonly typing: OtherTyping;
  readonly invitation: Invitation;
  isEnding = false;
  /** It is not ours any more, or never was. */
  lost: HubError | undefined;
  private readonly options: LiveChatOptions;
  private readonly session: ChatSession;
  private readonly readMark: ReadMark;
  private readonly subscriptions: (() => void)[];
  private follower: ConversationFollower | undefined;
  private isStarting = false;
  private isWatched = false;

  constructor(options: LiveChatOptions) {
    const { session } = options;
    this.options = options;
    this.session = session;
    this.kept = options.kept;
    this.outbox = new Outbox({
      storage: options.storage,
      onChange: options.onChange,
      send: ({ messageId, text }) => session.call('Send', { conversationId: this.conversationId, messageId, text }),
      onSent: (_, { seq }) => this.follower?.expect(seq),
      ...(options.wait ? { wait: options.wait } : {}),
    });
    this.typing = new OtherTyping(options.onChange);
    this.invitation = new Invitation({ ...options.coPilot, onChange: options.onChange });
    this.readMark = new ReadMark({
      log: () => this.log,
      ownId: options.ownId,
      onMoved: options.onChange,
      tell: (conversationId, seq) => session.call('MarkRead', { conversationId, seq }),
    });
    this.attach();
    this.subscriptions = [
      session.on('Message', (event) => {
        if (event.conversationId === this.kept.conversationId) {
          this.follower?.receive(event);
        }
      }),
      session.on('Read', (event) => {
        if (event.conversationId === this.kept.conversationId) {
          this.log?.applyRead(event);
          this.options.onChange();
        }
      }),
      session.on('Typing', (event) => {
        if (event.conversationId === this.kept.conversationId) {
          if (event.typing) {
            this.typing.heard(event.author.name ?? '');
          } else {
            this.typing.stopped();
          }
        }
      }),
      session.on('CoPilotInvited', (event) => {
        if (event.conversationId === this.kept.conversationId) {
          this.invitation.received(event, this.isWatched);
        }
      }),
      session.on('ContactChanged', (event) => {
        if (event.conversationId === this.kept.conversationId) {
          this.applyContact(event);
        }
      }),
      session.onState((state) => {
        if (state !== 'connected') {
          this.outbox.pause();
          this.typing.stopped();
        }
      }),
      session.onConnected(() => void this.connected()),
    ];
  }

  get state(): string | undefined {
    return this.lost ? ContactStates.closed : this.log?.state;
  }

  get contactId(): string | undefined {
    return this.log?.contactId;
  }

  get isClosed(): boolean {
    return this.state === ContactStates.closed;
  }

  /** Texts of others that this customer has not seen. */
  get unread(): number {
    const ownId = this.options.ownId();
    const seen = this.log?.readBy.get(ownId) ?? 0;
    const isUnseen = (entry: LogEntry) =>
      entry.kind === EntryKinds.text && entry.seq > seen && entry.author.id !== ownId;
    return this.log?.entries.filter(isUnseen).length ?? 0;
  }

  /** Is the log before the customer's eyes? Then what arrives is read. */
  watch(isWatched: boolean): void {
    this.isWatched = isWatched;
    if (isWatched && this.invitation.isNews) {
      this.invitation.seen();
      this.options.onChange();
    }
    this.readMark.watch(isWatched);
  }

  setTyping(typing: boolean): void {
    if (this.kept.conversationId !== undefined && !this.isClosed) {
      this.session.call('SetTyping', { conversationId: this.conversationId, typing }).catch(() => undefined);
    }
  }

  /** Ends it now, or as soon as there is a connection. */
  end(): void {
    this.isEnding = true;
    this.options.onChange();
    void this.tryEnd();
  }

  /** The server will not let us near it any more. */
  lose(error: HubError): void {
    this.lost = error;
    this.outbox.close(error);
    this.options.onChange();
  }

  dispose(): void {
    this.follower?.stop();
    this.outbox.pause();
    this.typing.stopped();
    this.invitation.drop();
    this.subscriptions.forEach((unsubscribe) => {
      unsubscribe();
    });
  }

  private get conversationId(): string {
    return this.kept.conversationId ?? '';
  }

  private attach(): void {
    const { conversationId } = this.kept;
    if (conversationId === undefined) {
      return;
    }
    const log = new ConversationLog(conversationId);
    this.log = log;
    this.follower = new ConversationFollower({
      log,
      join: (request) => this.session.call('Join', request),
      onEntries: (added) => {
        this.showEntries(log, added);
      },
      onCaughtUp: (outcome) => {
        this.outbox.reconcile(log, this.options.ownId(), outcome);
        if (this.isClosed) {
          this.outbox.close();
        } else {
          this.outbox.open();
        }
        this.options.onChange();
      },
      onLost: (error) => {
        this.lose(error);
      },
      ...(this.options.wait ? { wait: this.options.wait } : {}),
    });
  }

  private async connected(): Promise<void> {
    if (this.kept.conversationId === undefined) {
      await this.begin();
      return;
    }
    this.follower?.follow();
    await Promise.all([this.askPlace(), this.tryEnd()]);
  }

  private async begin(): Promise<void> {
    if (this.isStarting) {
      return;
    }
    this.isStarting = true;
    try {
      for (let failures = 1; this.kept.conversationId === undefined; failures += 1) {
        const error = await this.tryBegin();
        if (error === undefined || error.code === DISCONNECTED) {
          return;
        }
        if (!isRetriable(error.code)) {
          this.options.onRefused(error);
          return;
        }
        await (this.options.wait ?? waitFor)(backoff(failures, error.retryAfterMs));
      }
    } finally {
      this.isStarting = false;
    }
  }

  private async tryBegin(): Promise<HubError | undefined> {
    try {
      const { conversationId, state, ...place } = await this.session.call('StartChat', this.startRequest());
      this.keep({ ...this.kept, conversationId });
      this.place(place);
      this.attach();
      if (this.log) {
        this.log.state = state;
      }
      this.options.onChange();
      await this.connected();
      return undefined;
    } catch (error) {
      return parseHubError(error);
    }
  }

  private startRequest(): StartChatRequest {
    const { requestId, topic, name } = this.kept;
    const first = this.outbox.items.find((item) => item.messageId === requestId);
    return {
      requestId,
      topic,
      pageUrl: this.options.pageUrl,
      ...(first ? { text: first.text } : {}),
      ...(name === undefined ? {} : { name }),
    };
  }

  /** The place in line is asked for, because a push of it may have been missed. */
  private async askPlace(): Promise<void> {
    const answer = await this.session.call('MyContacts', {}).catch(() => undefined);
    const contact = answer?.contacts.find((each) => each.conversationId === this.kept.conversationId);
    if (contact?.kind === ContactKinds.callback) {
      this.options.onCallback(contact.contactId);
    } else if (contact) {
      this.applyContact(contact);
    }
  }

  private applyContact(contact: Pick<ContactChangedEvent, 'state' | 'agent' | 'position' | 'estimatedWait'>): void {
    this.log?.applyContactChanged(contact);
    this.place(contact);
    this.options.onChange();
  }

  private place({ position, estimatedWait }: Pick<ContactChangedEvent, 'position' | 'estimatedWait'>): void {
    this.position = position;
    this.estimatedWait = estimatedWait;
  }

  private async tryEnd(): Promise<void> {
    if (!this.isEnding || this.isClosed || this.kept.conversationId === undefined) {
      return;
    }
    const failed = await this.session.call('EndChat', { conversationId: this.conversationId }).then(
      () => undefined,
      (error: unknown) => parseHubError(error),
    );
    // Lost or out of reach: the next connection tries again, and until then it says "ending".
    if (failed !== undefined && failed.code !== DISCONNECTED) {
      this.isEnding = false;
    }
    this.options.onChange();
  }

  private showEntries(log: ConversationLog, added: readonly LogEntry[]): void {
    if (added.some((entry) => entry.author.id !== this.options.ownId())) {
      this.typing.stopped();
    }
    this.outbox.reconcile(log, this.options.ownId());
    if (this.isClosed) {
      this.isEnding = false;
      this.place({});
      this.invitation.drop();
    }
    this.readMark.update();
    this.options.onChange();
  }

  private keep(kept: KeptChat): void {
    this.kept = kept;
    this.options.onKept(kept);
  }
}
