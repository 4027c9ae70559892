import type { AgentProfileResult, LogEntry, SetStatusResult, TransferRequest } from '@copilot/contracts';
import { webOutboxStorage } from '@copilot/contracts';
import type { ServerClock } from '../clock/ServerClock';
import type { ChatHub } from '../connection/ChatHub';
import type { CoBrowseHub } from '../co-pilot/CoBrowseHub';
import { CoPilotStore } from '../co-pilot/CoPilotStore';
import { ConnectionStore } from '../connection/ConnectionStore';
import { type Chat, type ChatFacts, factsOf, factsOfOffer } from '../contacts/Chat';
import { ChatMemory } from '../contacts/ChatMemory';
import { ChatStore } from '../contacts/ChatStore';
import { Conversation } from '../conversation/Conversation';
import { DraftStore } from '../conversation/DraftStore';
import type { Announcer } from '../notices/Announcer';
import type { NoticeStore } from '../notices/NoticeStore';
import { OfferStore } from '../offers/OfferStore';
import { QueueStore } from '../queues/QueueStore';
import { StatusStore } from '../status/StatusStore';
import { Cleanup } from '../stores/Cleanup';
import { Keep } from '../stores/Keep';
import { Departures } from './Departures';
import { announceCoPilot, announceNews } from './announceNews';
import { Refresher } from './Refresher';

export interface DeskOptions {
  readonly profile: AgentProfileResult;
  readonly hub: ChatHub;
  /** Started when Co-Pilot is first used. */
  readonly coBrowse: CoBrowseHub;
  readonly clock: ServerClock;
  readonly notices: NoticeStore;
  readonly announcer: Announcer;
  readonly storage: Storage;
  /** The agent chose a status here. */
  readonly onStatusChosen: () => void;
}

/**
 * Everything that one signed-in agent works with, kept true to the server: what it pushes are hints that change a store or make the desk
 * ask, and after every new connection the desk asks for everything.
 */
export class Desk {
  readonly profile: AgentProfileResult;
  readonly connection: ConnectionStore;
  readonly status: StatusStore;
  readonly offers: OfferStore;
  readonly chats: ChatStore;
  readonly queues: QueueStore;
  readonly drafts: DraftStore;
  readonly coPilot: CoPilotStore;
  private readonly options: DeskOptions;
  private readonly keep: Keep;
  private readonly departures: Departures;
  private readonly refresher: Refresher<SetStatusResult>;
  private readonly cleanup = new Cleanup();

  constructor(options: DeskOptions) {
    const { hub, clock, notices, profile } = options;
    this.options = options;
    this.profile = profile;
    // Per agent, so that whoever signs in next on this computer does not meet somebody else's drafts.
    this.keep = new Keep(() => options.storage, `copilot.${profile.agentId}.`);
    this.connection = new ConnectionStore(hub);
    this.status = new StatusStore(hub, this.keep);
    this.offers = new OfferStore(hub, clock, notices);
    this.queues = new QueueStore(hub, () => clock.local());
    this.drafts = new DraftStore(this.keep);
    this.departures = new Departures(notices);
    this.refresher = new Refresher(
      () => this.status.ask(),
      (result) => {
        this.reconcile(result);
      },
    );
    this.chats = new ChatStore({
      ownId: profile.agentId,
      memory: new ChatMemory(this.keep),
      open: (facts) => this.openConversation(facts),
    });
    this.coPilot = new CoPilotStore({
      hub: options.coBrowse,
      keep: this.keep,
      onNews: (session, say) => {
        const chat = this.chats.find(session.contactId ?? '');
        announceCoPilot(chat, chat === this.chats.selected, say, options.announcer, notices);
      },
    });
    this.listen();
    hub.start();
  }

  /** Asks the server how this agent stands: after something that another window or device may have changed. */
  refresh(): void {
    this.refresher.request();
  }

  async setStatus(status: string): Promise<void> {
    this.refresher.touch();
    if (await this.status.choose(status)) {
      this.options.onStatusChosen();
      this.refresher.request();
    }
  }

  async acceptOffer(): Promise<void> {
    const accepted = await this.offers.accept();
    this.refresher.request();
    if (accepted?.result.conversationId === undefined) {
      return;
    }
    const facts = factsOfOffer(accepted.offer, accepted.result.conversationId, this.options.clock.now());
    const chat = this.chats.find(facts.contactId) ?? this.chats.put(facts);
    chat.conversation.follow();
    this.chats.select(chat.contactId);
  }

  async declineOffer(): Promise<void> {
    await this.offers.decline();
    this.refresher.request();
  }

  /** Takes an ended chat off the list. */
  dismiss(contactId: string): void {
    const chat = this.chats.find(contactId);
    if (chat) {
      this.remove(chat);
      this.options.hub.call('Leave', { conversationId: chat.conversationId }).catch(() => undefined);
    }
  }

  /** Rejects when the server refuses or does not answer. */
  async endChat(chat: Chat, disposition: string, note: string): Promise<void> {
    const { conversationId } = chat;
    await this.options.hub.call('EndChat', { conversationId, disposition, ...(note === '' ? {} : { note }) });
    this.refresher.request();
  }

  /** Rejects when the server refuses or does not answer; the same request id can then be tried again. */
  async transfer(chat: Chat, request: TransferRequest, note: string): Promise<void> {
    await this.options.hub.call('Transfer', { ...request, ...(note === '' ? {} : { note }) });
    // The agent did this themselves: it leaves the list without a notice.
    this.refresher.touch();
    this.dismiss(chat.contactId);
    this.refresher.request();
  }

  /** Forgets what was kept in this browser for the agent; for signing out, not for a lost session. */
  forget(): void {
    this.keep.clear();
  }

  dispose(): void {
    this.cleanup.run();
    this.refresher.stop();
    this.connection.dispose();
    this.offers.dispose();
    this.chats.dispose();
    this.coPilot.dispose();
    this.options.hub.stop();
  }

  private listen(): void {
    const { hub } = this.options;
    this.cleanup.add(
      hub.on('Message', (event) => {
        this.chats.findByConversation(event.conversationId)?.conversation.receive(event);
      }),
      hub.on('Read', (event) => {
        this.chats.findByConversation(event.conversationId)?.conversation.read(event);
      }),
      hub.on('Typing', (event) => {
        this.chats.findByConversation(event.conversationId)?.conversation.typed(event);
      }),
      hub.on('QueuesChanged', ({ queues }) => {
        this.queues.changed(queues);
      }),
      hub.on('Offered', (offer) => {
        this.refresher.touch();
        this.offers.show(offer);
      }),
      hub.on('OfferWithdrawn', (event) => {
        this.offers.withdraw(event);
        this.refresher.request();
      }),
      hub.on('ContactChanged', (event) => {
        this.departures.expect(event);
        this.refresher.request();
      }),
      hub.onState((state) => {
        if (state !== 'connected') {
          this.refresher.pause();
          this.eachConversation((conversation) => {
            conversation.pause();
          });
        }
      }),
      hub.onConnected(() => {
        this.connected();
      }),
    );
  }

  private connected(): void {
    this.refresher.open();
    this.eachConversation((conversation) => {
      conversation.follow();
    });
    void this.queues.refresh();
  }

  private reconcile(result: SetStatusResult): void {
    this.status.heard(result);
    if (result.offer) {
      this.offers.show(result.offer);
    } else {
      this.offers.clear();
    }
    const mine = result.contacts.flatMap((contact) => factsOf(contact) ?? []);
    for (const facts of mine) {
      const known = this.chats.find(facts.contactId);
      const chat = this.chats.put(facts);
      if (!known || chat.conversation.isRefused) {
        chat.conversation.follow();
      }
    }
    this.removeGone(new Set(mine.map((facts) => facts.contactId)));
    this.chats.loaded();
  }

  /** What is neither this agent's nor an ended chat of theirs leaves the list, and the agent is told why. */
  private removeGone(mine: ReadonlySet<string>): void {
    for (const chat of this.chats.state.get().chats) {
      if (mine.has(chat.contactId)) {
        continue;
      }
      if (chat.conversation.isRefused) {
        this.departures.tell(chat, this.drafts.of(chat.conversationId), this.status.state.get().wasSetOffline);
        this.remove(chat);
      } else if (chat.conversation.state.get().phase !== 'ended') {
        // The log knows whether it ended or went to somebody else.
        chat.conversation.follow();
      }
    }
  }

  /** With what was begun for it: should the chat come back one day, no old words may go out. */
  private remove(chat: Chat): void {
    this.drafts.forget(chat.conversationId);
    this.chats.remove(chat.contactId);
    new Keep(() => this.options.storage, this.unsentPrefix(chat)).clear();
  }

  private unsentPrefix({ conversationId }: ChatFacts): string {
    return `copilot.${this.profile.agentId}.unsent.${conversationId}.`;
  }

  private openConversation(facts: ChatFacts): Conversation {
    const { hub, clock, profile, announcer, storage } = this.options;
    this.drafts.open(facts.conversationId);
    return new Conversation({
      conversationId: facts.conversationId,
      ownId: profile.agentId,
      hub,
      clock,
      storage: webOutboxStorage(storage, this.unsentPrefix(facts)),
      onGone: () => {
        this.refresher.request();
      },
      onNews: (entries: readonly LogEntry[]) => {
        announceNews(this.chats.find(facts.contactId), entries, profile.agentId, announcer, this.options.notices);
      },
    });
  }

  private eachConversation(act: (conversation: Conversation) => void): void {
    for (const chat of this.chats.state.get().chats) {
      act(chat.conversation);
    }
  }
}
