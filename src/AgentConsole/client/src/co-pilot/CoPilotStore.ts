import { type CoBrowseHubEvents, newId, SessionEndReasons } from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { Said } from '../notices/NoticeStore';
import { Cleanup } from '../stores/Cleanup';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';
import type { CoBrowseHub } from './CoBrowseHub';
import { CoPilotMemory } from './CoPilotMemory';
import { CoPilotSession } from './CoPilotSession';
import { hasEnded, isViewable, LocalPhases } from './CoPilotState';
import { newsOf } from './coPilotText';

export interface CoPilotStoreOptions {
  readonly hub: CoBrowseHub;
  readonly keep: Keep;
  readonly onNews: (session: CoPilotSession, say: Said) => void;
}

/** Those that tell of a session. */
type AgentEvent = {
  [Name in keyof CoBrowseHubEvents]: CoBrowseHubEvents[Name] extends { readonly sessionId: string } ? Name : never;
}[keyof CoBrowseHubEvents];

/** The Co-Pilot sessions that this tab shows. Its connection is opened when there is the first one. */
export class CoPilotStore {
  readonly sessions = new Store<readonly CoPilotSession[]>([]);
  /** Those whose page can be looked at and was not put away. */
  readonly viewed = new Store<readonly CoPilotSession[]>([]);
  /** The page has the whole width. */
  readonly isWide = new Store(false);
  readonly connection: Store<SessionState>;
  private readonly options: CoPilotStoreOptions;
  private readonly memory: CoPilotMemory;
  private readonly stopWatching = new Map<CoPilotSession, () => void>();
  private readonly cleanup = new Cleanup();
  private isStarted = false;

  constructor(options: CoPilotStoreOptions) {
    this.options = options;
    this.memory = new CoPilotMemory(options.keep);
    this.connection = new Store<SessionState>(options.hub.state);
    this.listen();
    this.follow();
    for (const known of this.memory.load()) {
      this.add(new CoPilotSession({ hub: options.hub, ...known }));
    }
  }

  /** Asks for a code. The server voids an unused one of this agent, so what ended here is not left standing beside it. */
  requestCode(contactId?: string): CoPilotSession {
    for (const session of this.of(contactId)) {
      if (hasEnded(session.state.get())) {
        this.dismiss(session);
      }
    }
    const asking = this.of(contactId).find(({ state }) => state.get().phase === LocalPhases.asking);
    if (asking) {
      asking.look();
      return asking;
    }
    const session = new CoPilotSession({ hub: this.options.hub, requestId: newId(), contactId });
    this.add(session);
    return session;
  }

  /** Takes a session off the list that has ended, or that has no code yet. */
  dismiss(session: CoPilotSession): void {
    this.stopWatching.get(session)?.();
    this.stopWatching.delete(session);
    session.drop();
    this.sessions.update((sessions) => sessions.filter((other) => other !== session));
    this.countViewed();
    this.save();
  }

  /** Takes the page off the screen; the session goes on. */
  putAway(session: CoPilotSession): void {
    session.mayTakeFocus = true;
    session.isPutAway.set(true);
    this.isWide.set(false);
    this.countViewed();
  }

  /** Puts the page on the screen, in the place of another one that can be seen beside the same chat. */
  show(session: CoPilotSession): void {
    for (const other of this.viewed.get()) {
      other.isPutAway.set(true);
    }
    session.mayTakeFocus = true;
    session.isPutAway.set(false);
    this.countViewed();
  }

  dispose(): void {
    this.cleanup.run();
    for (const session of this.sessions.get()) {
      this.stopWatching.get(session)?.();
      session.disconnected();
    }
    this.options.hub.stop();
  }

  private add(session: CoPilotSession): void {
    let before = session.state.get();
    this.stopWatching.set(
      session,
      session.state.subscribe(() => {
        const after = session.state.get();
        const say = newsOf(before, after);
        before = after;
        this.changed(session);
        this.countViewed();
        if (say) {
          this.options.onNews(session, say);
        }
      }),
    );
    this.sessions.update((sessions) => [...sessions, session]);
    if (!this.isStarted) {
      this.isStarted = true;
      this.options.hub.start();
    }
    if (this.options.hub.state === 'connected') {
      session.connected();
    }
  }

  private changed(session: CoPilotSession): void {
    const { endReason } = session.state.get();
    const isReplacedHere =
      endReason === SessionEndReasons.replaced &&
      this.of(session.contactId).some((other) => !hasEnded(other.state.get()));
    if (isReplacedHere) {
      this.dismiss(session);
    } else {
      this.save();
    }
  }

  private countViewed(): void {
    const viewed = this.sessions.get().filter(({ state, isPutAway }) => isViewable(state.get()) && !isPutAway.get());
    const before = this.viewed.get();
    if (viewed.length !== before.length || viewed.some((session, index) => session !== before[index])) {
      this.viewed.set(viewed);
    }
  }

  private of(contactId: string | undefined): readonly CoPilotSession[] {
    return this.sessions.get().filter((session) => session.contactId === contactId);
  }

  private save(): void {
    this.memory.save(
      this.sessions.get().flatMap(({ requestId, contactId, state }) => {
        const { sessionId } = state.get();
        return sessionId === undefined || hasEnded(state.get()) ? [] : [{ requestId, sessionId, contactId }];
      }),
    );
  }

  private hear<Name extends AgentEvent>(
    name: Name,
    act: (session: CoPilotSession, event: CoBrowseHubEvents[Name]) => void,
  ): void {
    const stop = this.options.hub.on(name, (event) => {
      const session = this.sessions.get().find((one) => one.state.get().sessionId === event.sessionId);
      if (session) {
        act(session, event);
      }
    });
    this.cleanup.add(stop);
  }

  private listen(): void {
    this.hear('CodeTried', (session, event) => {
      session.tried(event);
    });
    this.hear('CustomerJoined', (session, event) => {
      session.joined(event);
    });
    this.hear('ConsentGiven', (session, event) => {
      session.consented(event);
    });
    this.hear('PageShown', (session, event) => {
      session.shown(event);
    });
    this.hear('Paused', (session) => {
      session.paused();
    });
    this.hear('Continued', (session) => {
      session.continued();
    });
    this.hear('CustomerAway', (session) => {
      session.wentAway();
    });
    this.hear('Frames', (session, event) => {
      session.view.framesCame(event);
    });
    this.hear('PointerMoved', (session, event) => {
      session.view.pointerMoved(event);
    });
    this.hear('NavigationAnswered', (session, event) => {
      session.proposals.answered(event);
    });
    this.hear('SessionEnded', (session, event) => {
      session.heardEnd(event.reason);
    });
  }

  private follow(): void {
    const { hub } = this.options;
    this.cleanup.add(
      hub.onState((state) => {
        this.connection.set(state);
        if (state !== 'connected') {
          for (const session of this.sessions.get()) {
            session.disconnected();
          }
        }
      }),
      hub.onConnected(() => {
        for (const session of this.sessions.get()) {
          session.connected();
        }
      }),
    );
  }
}
