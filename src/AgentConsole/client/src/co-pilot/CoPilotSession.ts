import {
  type CoBrowseHubEvents,
  DISCONNECTED,
  ErrorCodes,
  isRetriable,
  parseHubError,
  SessionEndReasons,
  SessionStates,
  type WatchResult,
} from '@copilot/contracts';
import { Refresher } from '../app/Refresher';
import { Store } from '../stores/Store';
import type { CoBrowseHub } from './CoBrowseHub';
import { type CoPilotState, ended, hasEnded, LocalPhases, nothingHeard, watched } from './CoPilotState';
import { Invitation } from './Invitation';
import { PageView } from './view/PageView';
import { Proposals } from './view/Proposals';

export interface CoPilotSessionOptions {
  readonly hub: CoBrowseHub;
  readonly requestId: string;
  readonly contactId: string | undefined;
  /** Known from before a reload; without it a code is asked for. */
  readonly sessionId?: string | undefined;
}

/** One session from the agent's request for a code to its end. Events change it; after each new connection the server is asked what holds. */
export class CoPilotSession {
  readonly requestId: string;
  readonly contactId: string | undefined;
  /** The agent asked for it in this page, or for its page: what was found after a reload takes no focus by itself. */
  mayTakeFocus: boolean;
  readonly state: Store<CoPilotState>;
  readonly view: PageView;
  readonly proposals: Proposals;
  readonly invitation: Invitation;
  /** The agent has put the page away to have the room. */
  readonly isPutAway = new Store(false);
  private readonly hub: CoBrowseHub;
  private readonly refresher: Refresher<WatchResult | undefined>;
  private isAsking = false;
  private isDropped = false;

  constructor(options: CoPilotSessionOptions) {
    const { sessionId } = options;
    this.hub = options.hub;
    this.requestId = options.requestId;
    this.contactId = options.contactId;
    this.mayTakeFocus = sessionId === undefined;
    this.state = new Store<CoPilotState>({
      ...nothingHeard,
      sessionId,
      phase: sessionId === undefined ? LocalPhases.asking : LocalPhases.loading,
    });
    this.view = new PageView(this.state, { hub: this.hub });
    const sessionOf = { hub: this.hub, sessionId: () => this.state.get().sessionId };
    this.proposals = new Proposals(sessionOf);
    this.invitation = new Invitation(sessionOf);
    this.refresher = new Refresher(
      () => this.watch(),
      (result) => {
        this.apply(result);
      },
    );
  }

  connected(): void {
    if (this.state.get().sessionId === undefined) {
      void this.askCode();
    } else if (!hasEnded(this.state.get())) {
      this.change({ problem: undefined });
      this.refresher.open();
    }
  }

  disconnected(): void {
    this.refresher.pause();
  }

  /** Asks the server how the session stands, or again for what it refused. */
  look(): void {
    const { sessionId, phase, code } = this.state.get();
    if (sessionId === undefined || (phase === SessionStates.issued && code === undefined)) {
      void this.askCode();
    } else if (!hasEnded(this.state.get())) {
      this.change({ problem: undefined });
      this.refresher.request();
    }
  }

  /** Rejections are shown, not thrown. */
  async end(): Promise<void> {
    const { sessionId } = this.state.get();
    if (sessionId === undefined || hasEnded(this.state.get())) {
      return;
    }
    this.change({ isEnding: true, problem: undefined });
    try {
      await this.hub.call('End', { sessionId });
      this.heardEnd(SessionEndReasons.endedByAgent);
    } catch (error) {
      this.change({ isEnding: false, problem: parseHubError(error).code });
      this.refresher.request();
    }
  }

  /** Off the list. A code that is still on its way here must not stay usable with nobody to see it used. */
  drop(): void {
    this.isDropped = true;
    this.refresher.stop();
  }

  tried({ failures }: CoBrowseHubEvents['CodeTried']): void {
    this.heard({ failures });
  }

  joined({ verified, returned }: CoBrowseHubEvents['CustomerJoined']): void {
    this.heard({ verified, away: false, ...(returned ? {} : { phase: SessionStates.awaitingConsent }) });
    this.proposals.customerReturned();
    // Whoever watches is known to the node that has the customer's connection: none was there before, or it is another one now.
    this.refresher.request();
  }

  consented({ endsAt }: CoBrowseHubEvents['ConsentGiven']): void {
    this.heard({ phase: SessionStates.live, away: false, endsAt });
  }

  shown({ page }: CoBrowseHubEvents['PageShown']): void {
    this.heard({ page, away: false });
  }

  paused(): void {
    this.heard({ phase: SessionStates.paused, page: undefined, away: false });
  }

  continued(): void {
    this.heard({ phase: SessionStates.live, away: false });
  }

  wentAway(): void {
    this.heard({ away: true });
  }

  heardEnd(reason: string | undefined): void {
    this.refresher.stop();
    this.state.update((state) => ended(state, reason));
  }

  private async askCode(): Promise<void> {
    if (this.isAsking || this.hub.state !== 'connected') {
      return;
    }
    this.isAsking = true;
    this.change({ problem: undefined });
    const { requestId, contactId } = this;
    try {
      const answer = await this.hub.call('CreateCode', {
        requestId,
        ...(contactId === undefined ? {} : { contactId }),
      });
      this.answered(answer);
    } catch (error) {
      const { code } = parseHubError(error);
      // Asked again with the same id by the next connection.
      if (code !== DISCONNECTED) {
        this.change({ problem: code });
      }
    } finally {
      this.isAsking = false;
    }
  }

  private answered(answer: { sessionId: string; code: string; expiresAt: string }): void {
    const { sessionId, code, expiresAt } = answer;
    if (this.isDropped) {
      this.hub.call('End', { sessionId }).catch(() => undefined);
      return;
    }
    const { phase } = this.state.get();
    if (phase === LocalPhases.asking) {
      this.change({ sessionId, code, expiresAt, phase: SessionStates.issued });
      this.refresher.open();
    } else if (phase === SessionStates.issued) {
      this.change({ code, expiresAt });
    }
  }

  private async watch(): Promise<WatchResult | undefined> {
    const sessionId = this.state.get().sessionId ?? '';
    try {
      return await this.hub.call('Watch', { sessionId });
    } catch (error) {
      const { code } = parseHubError(error);
      if (code === ErrorCodes.notFound) {
        return undefined;
      }
      if (!isRetriable(code)) {
        this.change({ problem: code });
      }
      throw error;
    }
  }

  private apply(result: WatchResult | undefined): void {
    if (result === undefined) {
      this.heardEnd(undefined);
      return;
    }
    this.state.update((state) => (hasEnded(state) ? state : watched(state, result)));
    const { phase, code } = this.state.get();
    if (phase === SessionStates.ended) {
      this.refresher.stop();
    } else if (phase === SessionStates.issued && code === undefined) {
      void this.askCode();
    }
  }

  private heard(change: Partial<CoPilotState>): void {
    this.refresher.touch();
    this.change(change.phase === undefined ? change : { ...change, problem: undefined });
  }

  private change(change: Partial<CoPilotState>): void {
    this.state.update((state) => (hasEnded(state) ? state : { ...state, ...change }));
  }
}
