import { type ResumeSessionResult, type ScopeRules, SessionEndReasons } from '@copilot/contracts';
import { Guidance, type GuidancePort } from '../guidance/guidance';
import type { Question } from '../guidance/question';
import { ScopePolicy } from '../scope/scope-policy';
import type { Activity } from './activity';
import { type CaptureEnd, CaptureEnds, type CapturePort, type CaptureSession } from './capture';
import { CaptureSwitch } from './capture-switch';
import { type CoPilotState, type Farewell, LocalEndReasons, type Phase, phaseOf } from './co-pilot-state';
import type { CoBrowseHub } from './hub';
import type { KeptSession, KeptSessionStore } from './kept-session';
import type { PageWatch } from './page-watch';
import { PrivateVeil } from './private-veil';
import { ServerLine } from './server-line';
import { type ToldPage, toldPage } from './told-page';

export interface SessionOptions {
  readonly hub: CoBrowseHub;
  readonly kept: KeptSession;
  /** The code was redeemed on the connection that stands, which therefore has the session. */
  readonly isJoined: boolean;
  readonly store: Pick<KeptSessionStore, 'write' | 'clear'>;
  readonly watchPage: (onChange: () => void) => PageWatch;
  readonly activity: Activity;
  readonly capture: CapturePort;
  /** Without one the agent's pointer is not shown; what they propose is asked all the same. */
  readonly guidance?: GuidancePort | undefined;
  readonly leave: (url: string) => void;
  readonly version: string;
  readonly onChange: () => void;
}

/** What the server knows of the page. */
interface Told {
  readonly page: ToldPage;
  readonly isInScope: boolean;
}

/**
 * One session on one page. What the customer decides holds here at once and is told to the server as soon as it listens; what the server
 * answered last is in `kept`.
 */
export class CoPilotSession {
  state: CoPilotState;
  readonly #options: SessionOptions;
  readonly #page: PageWatch;
  readonly #veil: PrivateVeil;
  readonly #line: ServerLine;
  readonly #capture: CaptureSwitch;
  readonly #guidance: Guidance;
  #kept: KeptSession;
  #scope: ScopePolicy | undefined;
  #nextSeq = 1;
  #wantsPaused: boolean;
  #hasAgreed = false;
  #told: Told | undefined;
  #isOver = false;

  constructor(options: SessionOptions) {
    const { kept, hub, isJoined, activity } = options;
    this.#options = options;
    this.#kept = kept;
    this.#scope = readScope(kept.scope);
    this.#wantsPaused = kept.wantsPaused ?? kept.phase === 'paused';
    const shown = shownPhase(kept.phase, this.#wantsPaused);
    this.#capture = new CaptureSwitch(options.capture);
    this.state = {
      phase: kept.farewell ? 'ended' : shown === 'asking' && !isJoined ? 'opening' : shown,
      agentName: kept.agentName,
      department: kept.department,
      isConnected: isJoined,
      isInScope: false,
      isSeen: false,
      endReason: kept.farewell,
    };
    options.store.write(kept);
    if (this.state.phase === 'live') {
      this.#capture.prepare();
    }
    const pageChanged = (): void => {
      // Before anything is told: what is captured must never run ahead of what may be shown.
      this.#setState({});
      void this.#line.tell();
    };
    this.#veil = new PrivateVeil(pageChanged);
    this.#page = options.watchPage(pageChanged);
    this.#line = new ServerLine({
      hub,
      isJoined,
      sessionId: kept.sessionId,
      keepAliveSeconds: kept.limits.keepAliveSeconds,
      leaseSeconds: kept.limits.leaseSeconds,
      isActive: () => activity.take(),
      aliveAt: () => this.#kept.aliveAt,
      onAlive: () => {
        this.#keep({ aliveAt: Date.now() });
      },
      resumeRequest: () => this.#resumeRequest(),
      onJoined: (answer) => {
        this.#joined(answer);
      },
      onLost: () => {
        this.#setState({});
      },
      onOver: (reason) => {
        this.#finish(reason);
      },
      next: () => this.#nextCall(),
    });
    this.#guidance = new Guidance({
      hub,
      sessionId: kept.sessionId,
      view: options.guidance,
      isLive: () => this.state.phase === 'live',
      // What comes late is of a page that the agent sees no more. The address is asked for, as not every browser tells at once that it changed.
      isShown: () => this.#capture.isSeen && this.#scope?.isInScope(this.#page.current.url) === true,
      scope: () => this.#scope,
      onChange: () => {
        this.#setState({});
      },
      leave: options.leave,
    });
    this.#setState({});
  }

  consent(isGranted: boolean): void {
    if (this.state.phase !== 'asking') {
      return;
    }
    if (isGranted) {
      this.#hasAgreed = true;
      this.#capture.prepare();
      void this.#line.tell();
    } else {
      this.#leave(SessionEndReasons.declined);
    }
  }

  /** The customer does not know of any call: somebody made them type a code. */
  notRequested(): void {
    this.#leave(SessionEndReasons.notRequested);
  }

  setPaused(isPaused: boolean): void {
    if (this.state.phase === 'live' || this.state.phase === 'paused') {
      this.#wantsPaused = isPaused;
      this.#keep({ wantsPaused: isPaused });
      this.#setState({ phase: isPaused ? 'paused' : 'live' });
      void this.#line.tell();
    }
  }

  answer(question: Question, isAccepted: boolean): void {
    this.#guidance.answer(question, isAccepted);
  }

  /** @param shown What the customer is told, when it was not their own doing. */
  end(shown?: string): void {
    this.#leave(SessionEndReasons.endedByCustomer, shown);
  }

  /** The page goes away: nothing ends, and nothing of this one goes on. */
  release(): void {
    // Once more, because shops clear the storage when somebody signs in.
    this.#keep({});
    this.#isOver = true;
    this.#line.close();
    this.#stop();
  }

  /** Over on this page at once; the server hears of it as soon as it listens, at the latest from the next page. */
  #leave(farewell: Farewell, shown: string = farewell): void {
    if (this.state.phase !== 'ended') {
      this.#keep({ farewell });
      this.#setState({ phase: 'ended', endReason: shown });
      void this.#line.tell();
    }
  }

  #resumeRequest() {
    const { sessionId, resumeToken } = this.#kept;
    const scope = this.#wantsPaused ? undefined : this.#shownScope();
    const { pageUrl, pageTitle } = toldPage(scope, this.#page.current);
    return { sessionId, resumeToken, pageUrl, pageTitle, version: this.#options.version };
  }

  #joined(answer: ResumeSessionResult): void {
    const { resumeToken, state, agentName, department, scope, shownSelectors, limits, nextSeq } = answer;
    const phase = phaseOf(state);
    this.#told = undefined;
    this.#scope = readScope(scope);
    this.#nextSeq = nextSeq;
    this.#keep({ resumeToken, agentName, scope, shownSelectors, limits, phase });
    this.#guidance.withdrawPage();
    // A wish that the server has not heard yet outlives what it says.
    const shown = shownPhase(phase, this.#wantsPaused);
    this.#setState({ agentName, department, ...(this.#kept.farewell ? {} : { phase: shown }) });
  }

  /** The one thing that the server should hear first. */
  #nextCall(): (() => Promise<void>) | undefined {
    const { farewell, phase } = this.#kept;
    if (farewell) {
      return () => this.#sayFarewell(farewell);
    }
    if (phase === 'asking') {
      return this.#hasAgreed ? () => this.#tellAgreed() : undefined;
    }
    const page = toldPage(this.#shownScope(), this.#page.current);
    const isNews = JSON.stringify(page) !== JSON.stringify(this.#told?.page);
    if (phase === 'live') {
      return this.#wantsPaused ? () => this.#tellPaused(true) : isNews ? () => this.#tellPage(page) : undefined;
    }
    // Where the customer went during a pause is told when it ends, and first, so that the agent never sees an old page.
    return this.#wantsPaused ? undefined : isNews ? () => this.#tellPage(page) : () => this.#tellPaused(false);
  }

  async #tellAgreed(): Promise<void> {
    await this.#options.hub.call('Consent', { sessionId: this.#kept.sessionId, granted: true });
    this.#keep({ phase: 'live' });
    this.#setState(this.#kept.farewell ? {} : { phase: 'live' });
  }

  async #tellPaused(isPaused: boolean): Promise<void> {
    await this.#options.hub.call(isPaused ? 'Pause' : 'Continue', { sessionId: this.#kept.sessionId });
    this.#keep({ phase: isPaused ? 'paused' : 'live' });
    this.#setState({});
  }

  async #tellPage(page: ToldPage): Promise<void> {
    const { inScope } = await this.#options.hub.call('PageChanged', { sessionId: this.#kept.sessionId, ...page });
    this.#told = { page, isInScope: inScope };
    this.#setState({});
  }

  async #sayFarewell(farewell: Farewell): Promise<void> {
    const { sessionId, phase } = this.#kept;
    if (farewell === SessionEndReasons.declined && phase === 'asking') {
      await this.#options.hub.call('Consent', { sessionId, granted: false });
    } else {
      const isSaid = farewell === SessionEndReasons.notRequested || farewell === SessionEndReasons.pageTooLarge;
      await this.#options.hub.call('End', { sessionId, ...(isSaid ? { reason: farewell } : {}) });
    }
    this.#line.close();
    this.#finish(farewell);
  }

  #finish(reason: string): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#stop();
      this.#options.store.clear();
      this.#setState(this.state.phase === 'ended' ? {} : { phase: 'ended', endReason: reason });
    }
  }

  #stop(): void {
    this.#capture.stop();
    this.#guidance.stop();
    this.#page.stop();
    this.#veil.stop();
    this.#options.activity.stop();
  }

  #captureSession(scope: ScopePolicy): CaptureSession {
    const { sessionId, shownSelectors } = this.#kept;
    return {
      sessionId,
      hub: this.#options.hub,
      scope,
      shownSelectors,
      nextSeq: this.#nextSeq,
      onPublishing: () => {
        this.#setState({});
      },
      onOver: (reason) => {
        this.#captureOver(reason);
      },
      onRefused: (error) => {
        this.#line.refused(error);
      },
    };
  }

  #captureOver(reason: CaptureEnd): void {
    if (reason === CaptureEnds.pageTooLarge) {
      this.#leave(SessionEndReasons.pageTooLarge);
    } else {
      this.end(LocalEndReasons.captureFailed);
    }
  }

  #keep(change: Partial<KeptSession>): void {
    this.#kept = { ...this.#kept, ...change };
    if (!this.#isOver) {
      this.#options.store.write(this.#kept);
    }
  }

  /** The scope, while what stands in the document may be shown by it. */
  #shownScope(): ScopePolicy | undefined {
    return this.#veil.look(this.#scope?.isInScope(this.#page.current.url) === true) ? this.#scope : undefined;
  }

  #setState(change: Partial<CoPilotState>): void {
    const scope = this.#shownScope();
    const isInScope = scope !== undefined && this.#told?.isInScope !== false;
    const next = { ...this.state, isConnected: this.#line.isJoined, isInScope, ...change };
    // The server has taken this very page for one that may be shown, and knows of no pause.
    const isAgreed =
      this.#told?.isInScope === true && this.#told.page.pageUrl === toldPage(scope, this.#page.current).pageUrl;
    const isLive = next.phase === 'live' && this.#kept.phase === 'live' && next.isConnected && !this.#isOver;
    const mayCapture = isLive && isInScope && isAgreed;
    this.#capture.turn(mayCapture ? this.#captureSession(scope) : undefined);
    this.state = { ...next, isSeen: this.#capture.isSeen, question: this.#guidance.question };
    this.#guidance.check();
    this.#options.onChange();
  }
}

function shownPhase(phase: Phase, wantsPaused: boolean): Phase {
  return phase === 'live' || phase === 'paused' ? (wantsPaused ? 'paused' : 'live') : phase;
}

/** Rules that this script cannot read keep every page private. */
function readScope(rules: ScopeRules): ScopePolicy | undefined {
  try {
    return new ScopePolicy(rules);
  } catch {
    return undefined;
  }
}
