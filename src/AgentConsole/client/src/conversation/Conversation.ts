import type {
  HubError,
  MessageEvent as ChatMessageEvent,
  OutboxItem,
  ReadEvent,
  SendResult,
  TypingEvent,
} from '@copilot/contracts';
import {
  ContactStates,
  ConversationFollower,
  ConversationLog,
  EntryKinds,
  ErrorCodes,
  Outbox,
  Roles,
  type LogEntry,
  type OutboxStorage,
} from '@copilot/contracts';
import type { ChatHub } from '../connection/ChatHub';
import type { ServerClock } from '../clock/ServerClock';
import { Store } from '../stores/Store';
import { type ConversationState, nothingKnown } from './ConversationState';
import { OwnTyping } from './OwnTyping';
import { ReadMark } from './ReadMark';

export interface ConversationOptions {
  readonly conversationId: string;
  readonly ownId: string;
  readonly hub: ChatHub;
  readonly clock: ServerClock;
  readonly storage: OutboxStorage;
  /** The conversation is no longer this agent's. */
  readonly onGone: () => void;
  /** New entries, not those of the first load. */
  readonly onNews: (entries: readonly LogEntry[]) => void;
}

/** How long somebody counts as typing without saying so again; a lost "stopped" must not type for ever. */
const typingMs = 7_000;

/** One conversation as this agent sees it: its log, what is on its way, who reads and who types. */
export class Conversation {
  readonly conversationId: string;
  readonly state = new Store<ConversationState>(nothingKnown);
  private readonly options: ConversationOptions;
  private readonly log: ConversationLog;
  private readonly outbox: Outbox;
  private readonly ownTyping: OwnTyping;
  private readonly readMark: ReadMark;
  private follower: ConversationFollower;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  /** The server refused the last join; a follower that was refused asks no more. */
  private refused = false;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.conversationId = options.conversationId;
    this.log = new ConversationLog(options.conversationId);
    this.outbox = new Outbox({
      storage: options.storage,
      send: (item) => this.send(item),
      onChange: () => {
        this.state.update((state) => ({ ...state, unsent: this.outbox.items }));
      },
      onSent: (_, result) => {
        this.follower.expect(result.seq);
      },
    });
    this.ownTyping = new OwnTyping((typing) => {
      this.call('SetTyping', { conversationId: this.conversationId, typing });
    });
    this.readMark = new ReadMark(
      (seq) => options.hub.call('MarkRead', { conversationId: this.conversationId, seq }),
      (seq) => {
        this.read({ conversationId: this.conversationId, participantId: options.ownId, role: Roles.agent, seq });
      },
    );
    this.follower = this.newFollower();
    this.publish();
  }

  /** The server would not let this agent in; `follow` tries again. */
  get isRefused(): boolean {
    return this.refused;
  }

  /** A connection is there, or something suggests that the log went on: catches up. */
  follow(): void {
    if (this.refused) {
      this.refused = false;
      this.follower = this.newFollower();
    }
    this.follower.follow();
  }

  /** The connection is gone: what is written now waits. */
  pause(): void {
    this.outbox.pause();
    this.ownTyping.forget();
    this.showTyping(undefined);
  }

  /** A reply or a note; it appears at once and goes out in order, once. */
  write(text: string, kind: 'text' | 'note'): void {
    this.ownTyping.stop();
    this.outbox.write(text, kind);
  }

  retry(messageId: string): void {
    this.outbox.retry(messageId);
  }

  discard(messageId: string): void {
    this.outbox.discard(messageId);
  }

  /** The agent changed the reply; empty means that they stopped. */
  edited(text: string): void {
    if (text === '') {
      this.ownTyping.stop();
    } else {
      this.ownTyping.touch();
    }
  }

  /** The agent has seen everything. */
  markRead(): void {
    this.readMark.reach(this.log.lastSeq);
  }

  receive(event: ChatMessageEvent): void {
    this.follower.receive(event);
    if (event.message.author.id === this.state.get().typing?.id) {
      this.showTyping(undefined);
    }
  }

  read(event: ReadEvent): void {
    this.log.applyRead(event);
    this.publish();
  }

  typed(event: TypingEvent): void {
    this.showTyping(event.typing ? event : undefined);
  }

  dispose(): void {
    this.follower.stop();
    this.outbox.pause();
    this.ownTyping.forget();
    clearTimeout(this.typingTimer);
  }

  private newFollower(): ConversationFollower {
    return new ConversationFollower({
      log: this.log,
      join: async (request) => this.options.hub.call('Join', request),
      onEntries: (added) => {
        this.added(added);
      },
      onCaughtUp: (outcome) => {
        this.outbox.reconcile(this.log, this.options.ownId, outcome);
        this.outbox.open();
        this.publish();
      },
      onLost: (error) => {
        this.lost(error);
      },
    });
  }

  private added(entries: readonly LogEntry[]): void {
    const known = this.state.get().phase !== 'loading';
    this.outbox.reconcile(this.log, this.options.ownId);
    this.publish();
    if (known && entries.length > 0) {
      this.options.onNews(entries);
    }
  }

  private lost(error: HubError): void {
    this.refused = true;
    if (error.code === ErrorCodes.notFound || error.code === ErrorCodes.forbidden) {
      this.options.onGone();
    } else {
      this.state.update((state) => ({ ...state, phase: 'failed' }));
    }
  }

  private async send(item: OutboxItem): Promise<SendResult> {
    const request = { conversationId: this.conversationId, messageId: item.messageId, text: item.text };
    const askedAt = this.options.clock.local();
    const result = await this.options.hub.call(item.kind === EntryKinds.note ? 'AddNote' : 'Send', request);
    if (!result.duplicate) {
      this.options.clock.observe(Date.parse(result.sentAt), askedAt);
    }
    return result;
  }

  private publish(): void {
    const customer = this.log.customer;
    const joined = this.log.epoch !== undefined;
    const ownRead = this.log.readBy.get(this.options.ownId) ?? 0;
    this.readMark.confirmed(ownRead);
    this.state.update((state) => ({
      ...state,
      phase: joined ? (this.log.state === ContactStates.closed ? 'ended' : 'open') : state.phase,
      entries: this.log.entries,
      unsent: this.outbox.items,
      customer,
      customerRead: customer ? (this.log.readBy.get(customer.customerId) ?? 0) : 0,
      ownRead,
    }));
  }

  private showTyping(event: TypingEvent | undefined): void {
    clearTimeout(this.typingTimer);
    this.state.update((state) => ({ ...state, typing: event?.author }));
    if (event) {
      this.typingTimer = setTimeout(() => {
        this.showTyping(undefined);
      }, typingMs);
    }
  }

  /** For hints that are not worth repeating. */
  private call(method: 'SetTyping', request: { conversationId: string; typing: boolean }): void {
    this.options.hub.call(method, request).catch(() => undefined);
  }
}
