import type {
  AgentProfileResult,
  ChatHubCalls,
  ChatHubEvents,
  CoBrowseHubCalls,
  CoBrowseHubEvents,
} from '@copilot/contracts';
import { type CallMap, HubSession, SessionOver } from '@copilot/realtime';
import { signalRLink } from '@copilot/realtime/signalr-link';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { ServerClock } from '../clock/ServerClock';
import { Ticker } from '../clock/Ticker';
import { Announcer } from '../notices/Announcer';
import { NoticeStore } from '../notices/NoticeStore';
import { OfferAlarm } from '../offers/OfferAlarm';
import { Ringer } from '../offers/Ringer';
import { PreferenceStore } from '../preferences/PreferenceStore';
import { AgentApi } from '../sign-in/AgentApi';
import { SignInStore } from '../sign-in/SignInStore';
import { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';
import { Attention } from './Attention';
import { Desk } from './Desk';
import { OtherWindows } from './OtherWindows';
import { PageTitle } from './PageTitle';

/** A desk with what makes it noticed; they live and end together. */
interface OpenDesk {
  readonly desk: Desk;
  readonly close: () => void;
}

/** The console as a whole: the one place where its parts are put together. */
export class ConsoleApp {
  readonly clock = new ServerClock();
  /** Once a second, for what the agent sees growing or shrinking. */
  readonly ticker = new Ticker(() => Date.now(), 1_000);
  readonly notices = new NoticeStore();
  readonly announcer = new Announcer();
  readonly ringer = new Ringer();
  readonly preferences = new PreferenceStore(new Keep(() => localStorage, 'copilot.console.'), navigator.languages);
  readonly signIn = new SignInStore(new AgentApi(this.clock), this.clock);
  readonly desk = new Store<Desk | undefined>(undefined);
  readonly attention: Attention;
  private open: OpenDesk | undefined;

  constructor() {
    this.attention = new Attention(document, () => {
      this.signIn.wake();
      this.desk.get()?.refresh();
    });
    this.signIn.state.subscribe(() => {
      this.follow();
    });
    for (const gesture of ['pointerdown', 'keydown']) {
      addEventListener(gesture, () => {
        this.ringer.unlock();
      });
    }
    addEventListener('online', () => {
      if (this.signIn.state.get().phase === 'unreachable') {
        void this.signIn.look();
      }
    });
    void this.signIn.look();
  }

  async signOut(): Promise<void> {
    const desk = this.desk.get();
    // First the status, while there still is somebody to say it.
    await desk?.setStatus('offline');
    if (await this.signIn.signOut()) {
      desk?.forget();
    } else {
      this.notices.warn((m) => m.account.signOutFailed);
    }
  }

  private follow(): void {
    const state = this.signIn.state.get();
    const current = this.desk.get()?.profile.agentId;
    if (state.phase === 'signed_in' && state.profile.agentId !== current) {
      this.closeDesk();
      this.open = this.openDesk(state.profile);
      this.desk.set(this.open.desk);
    } else if (state.phase === 'signed_out') {
      this.closeDesk();
    }
  }

  private openDesk(profile: AgentProfileResult): OpenDesk {
    const { clock, notices, announcer, preferences } = this;
    const windows = new OtherWindows(profile.agentId, () => {
      desk.refresh();
    });
    const desk = new Desk({
      profile,
      hub: this.connectTo<ChatHubCalls, ChatHubEvents>('/hubs/chat'),
      coBrowse: this.connectTo<CoBrowseHubCalls, CoBrowseHubEvents>('/hubs/cobrowse'),
      clock,
      notices,
      announcer,
      storage: sessionStorage,
      onStatusChosen: () => {
        windows.tell();
      },
    });
    const alarm = new OfferAlarm(desk.offers, preferences, this.ringer, announcer);
    const title = new PageTitle(desk.chats.unread, desk.offers, preferences);
    return {
      desk,
      close: () => {
        title.dispose();
        alarm.dispose();
        windows.close();
        desk.dispose();
        notices.clear();
      },
    };
  }

  private connectTo<Calls extends CallMap<Calls>, Events extends object>(url: string): HubSession<Calls, Events> {
    return new HubSession<Calls, Events>({
      url,
      token: (failures) => this.checkSession(failures),
      // What is undefined is absent on the wire, as in JSON; otherwise it would be sent as null.
      link: signalRLink(() => new MessagePackHubProtocol({ ignoreUndefined: true })),
    });
  }

  private closeDesk(): void {
    this.open?.close();
    this.open = undefined;
    this.desk.set(undefined);
  }

  /** The cookie carries the session; the browser does not tell why a WebSocket was refused, so after a failure it is asked over HTTP. */
  private async checkSession(failures: number): Promise<undefined> {
    if (failures > 0) {
      await this.signIn.check();
      if (this.signIn.state.get().phase !== 'signed_in') {
        throw new SessionOver();
      }
    }
    return undefined;
  }
}
