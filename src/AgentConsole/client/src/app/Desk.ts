import type { AgentProfileResult, SetStatusResult, TransferRequest } from '@copilot/contracts';
import { AgentStatuses } from '@copilot/contracts';
import type { CallStore } from '../callbacks/CallStore';
import type { ServerClock } from '../clock/ServerClock';
import type { ChatHub } from '../connection/ChatHub';
import type { CoBrowseHub } from '../co-pilot/CoBrowseHub';
import { CoPilotStore } from '../co-pilot/CoPilotStore';
import { ConnectionStore } from '../connection/ConnectionStore';
import type { Chat } from '../contacts/Chat';
import type { ChatStore } from '../contacts/ChatStore';
import type { DraftStore } from '../conversation/DraftStore';
import type { Announcer } from '../notices/Announcer';
import type { NoticeStore } from '../notices/NoticeStore';
import { OfferStore } from '../offers/OfferStore';
import { QueueStore } from '../queues/QueueStore';
import { StatusStore } from '../status/StatusStore';
import { statusChangedText } from '../status/statusText';
import { Cleanup } from '../stores/Cleanup';
import { Keep } from '../stores/Keep';
import { LiveView } from '../supervision/LiveView';
import { announceCoPilot } from './announceNews';
import { OwnContacts } from './OwnContacts';
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
  readonly calls: CallStore;
  readonly queues: QueueStore;
  readonly drafts: DraftStore;
  readonly coPilot: CoPilotStore;
  readonly live: LiveView;
  /** For what is loaded when it is first used. */
  readonly hub: ChatHub;
  private readonly options: DeskOptions;
  private readonly keep: Keep;
  private readonly contacts: OwnContacts;
  private readonly refresher: Refresher<SetStatusResult>;
  private readonly cleanup = new Cleanup();

  constructor(options: DeskOptions) {
    const { hub, clock, notices, profile } = options;
    this.options = options;
    this.hub = hub;
    this.profile = profile;
    // Per agent, so that whoever signs in next on this computer does not meet somebody else's drafts.
    this.keep = new Keep(() => options.storage, `copilot.${profile.agentId}.`);
    this.connection = new ConnectionStore(hub);
    this.status = new StatusStore(hub, this.keep);
    this.offers = new OfferStore(hub, clock, notices);
    this.queues = new QueueStore(hub, () => clock.local());
    this.refresher = new Refresher(
      () => this.status.ask(),
      (result) => {
        this.reconcile(result);
      },
    );
    this.contacts = new OwnContacts({
      ...options,
      keep: this.keep,
      onChanged: () => {
        this.refresher.request();
      },
    });
    this.chats = this.contacts.chats;
    this.calls = this.contacts.calls;
    this.drafts = this.contacts.drafts;
    this.live = new LiveView(profile, this.chats, this.keep);
    this.coPilot = new CoPilotStore({
      hub: options.coBrowse,
      keep: this.keep,
      onNews: (session, say) => {
        const contact = this.contacts.find(session.contactId ?? '');
        const isSelected = session.contactId === this.chats.state.get().selectedId;
        announceCoPilot(contact, isSelected, say, options.announcer, notices);
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
    if (accepted) {
      this.contacts.accepted(accepted.offer, accepted.result);
    }
  }

  async declineOffer(): Promise<void> {
    await this.offers.decline();
    this.refresher.request();
  }

  /** Ends the time after a call: the agent is ready for more, and what is done is put away. */
  async readyNow(): Promise<void> {
    this.contacts.dismissDone();
    await this.setStatus(AgentStatuses.available);
  }

  /** The contact `by` places after the selected one, in the lists' order, round and round. */
  step(by: 1 | -1): void {
    this.contacts.step(by);
  }

  /** Takes an ended contact off the lists. */
  dismiss(contactId: string): void {
    this.contacts.dismiss(contactId);
  }

  /** Rejects when the server refuses or does not answer. */
  async endChat(chat: Chat, disposition: string, note: string): Promise<void> {
    const { conversationId } = chat;
    await this.options.hub.call('EndChat', { conversationId, disposition, ...(note === '' ? {} : { note }) });
    this.refresher.request();
  }

  /** Rejects when the server refuses or does not answer; the same request id can then be tried again. */
  async transfer(request: TransferRequest, note: string): Promise<void> {
    await this.options.hub.call('Transfer', { ...request, ...(note === '' ? {} : { note }) });
    // The agent did this themselves: it leaves the list without a notice.
    this.refresher.touch();
    this.dismiss(request.contactId);
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
    this.live.dispose();
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
      hub.on('StatusChanged', (event) => {
        this.status.changed(event);
        this.options.notices.warn((m) => statusChangedText(event, m));
        this.refresher.request();
      }),
      hub.on('ContactChanged', (event) => {
        this.contacts.expect(event);
        this.refresher.request();
      }),
      hub.onState((state) => {
        if (state !== 'connected') {
          this.refresher.pause();
          this.contacts.disconnected();
        }
      }),
      hub.onConnected(() => {
        this.connected();
      }),
    );
  }

  private connected(): void {
    this.refresher.open();
    this.contacts.connected();
    void this.queues.refresh();
  }

  private reconcile(result: SetStatusResult): void {
    this.status.heard(result);
    if (result.offer) {
      this.offers.show(result.offer);
    } else {
      this.offers.clear();
    }
    this.contacts.reconcile(result.contacts, this.status.state.get().wasSetOffline);
  }
}
