import { CallError, DISCONNECTED, ErrorCodes, type HubError } from '@copilot/contracts';
import { type CustomerIdentity, customerToken } from '@copilot/shop-page';
import type { GuidancePort } from '../guidance/guidance';
import type { Question } from '../guidance/question';
import { type Activity, watchActivity } from './activity';
import type { CapturePort } from './capture';
import { CoPilotSession } from './co-pilot-session';
import type { CoPilotState } from './co-pilot-state';
import type { CoBrowseHub } from './hub';
import type { KeptSession, KeptSessionStore } from './kept-session';
import { type PageWatch, watchPage } from './page-watch';
import { holdSession } from './session-hold';
import { plainUrl } from './told-page';

type TokenProvider = (failures: number) => Promise<string>;

export interface CoPilotOptions {
  readonly site: string;
  readonly identity: Pick<CustomerIdentity, 'current' | 'renew'>;
  readonly store: Pick<KeptSessionStore, 'read' | 'write' | 'clear'>;
  readonly openHub: (token: TokenProvider) => CoBrowseHub;
  readonly capture: CapturePort;
  readonly guidance?: GuidancePort;
  /** For tests. */
  readonly hold?: (name: string) => Promise<(() => void) | undefined>;
  readonly watchPage?: (onChange: () => void) => PageWatch;
  readonly watchActivity?: () => Activity;
  readonly leave?: (url: string) => void;
}

/** Of the script, for the server. */
const VERSION = '1';
const CONNECT_PATIENCE_MS = 15_000;

/** Co-Pilot on one page: at most one session, from a code that is typed here or from the page before. */
export class CoPilot {
  readonly #options: CoPilotOptions;
  readonly #listeners = new Set<() => void>();
  #session: CoPilotSession | undefined;
  #letGo: (() => void) | undefined;

  constructor(options: CoPilotOptions) {
    this.#options = options;
  }

  /** Undefined without a session. */
  get state(): CoPilotState | undefined {
    return this.#session?.state;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Uses a code; the question for consent follows. @throws CallError when nothing came of it. */
  async join(code: string): Promise<void> {
    const { identity, openHub } = this.#options;
    let refusal: HubError | undefined;
    let used = '';
    let own: TokenProvider | undefined;
    const ask = customerToken(identity, (error) => {
      refusal = error;
    });
    const hub = openHub(async (failures) => (used = await (own ?? ask)(failures)));
    hub.start();
    try {
      await connected(hub, () => refusal);
      // Which pages are private is not known before the answer; the server keeps nothing of those.
      const pageUrl = plainUrl(location.href);
      // From here on it is the session of the customer who types the code, whoever signs in to the shop meanwhile or later.
      const token = used;
      own = this.#tokenOf(token);
      const answer = await hub.call('RedeemCode', { code, pageUrl, pageTitle: document.title, version: VERSION });
      const { sessionId, resumeToken, agentName, department, scope, shownSelectors, limits } = answer;
      const isHeld = await this.#begin(hub, true, {
        ...{ sessionId, resumeToken, customerToken: token, agentName, scope, shownSelectors, limits, phase: 'asking' },
        aliveAt: Date.now(),
        ...(department === undefined ? {} : { department }),
      });
      if (!isHeld) {
        throw new CallError({ code: ErrorCodes.unavailable, text: 'Another page of the browser holds the session.' });
      }
    } catch (error) {
      hub.stop();
      throw error;
    }
  }

  /** Goes on with what the page before began, unless another tab has it. */
  async resume(): Promise<void> {
    const kept = this.#options.store.read();
    if (kept && this.#session === undefined) {
      const hub = this.#options.openHub(this.#tokenOf(kept.customerToken));
      if (await this.#begin(hub, false, kept)) {
        hub.start();
      } else if (this.state === undefined) {
        // It is a copy of another tab's: with that tab gone, it would come to life here.
        this.#options.store.clear();
      }
    }
  }

  consent(isGranted: boolean): void {
    this.#session?.consent(isGranted);
  }

  notRequested(): void {
    this.#session?.notRequested();
  }

  setPaused(isPaused: boolean): void {
    this.#session?.setPaused(isPaused);
  }

  answer(question: Question, isAccepted: boolean): void {
    this.#session?.answer(question, isAccepted);
  }

  end(shown?: string): void {
    this.#session?.end(shown);
  }

  /** The page goes away, perhaps to come back from the back-forward cache. */
  release(): void {
    this.#session?.release();
    this.#forget();
  }

  /** The customer has read why it ended. */
  dismiss(): void {
    if (this.#session?.state.phase === 'ended') {
      this.#forget();
    }
  }

  /** Always the same customer's; a new one when the server may not take it any more. */
  #tokenOf(kept: string): TokenProvider {
    let token = kept;
    return async (failures) => {
      if (failures > 0) {
        token = await this.#options.identity.renew(token).catch(() => token);
      }
      return token;
    };
  }

  async #begin(hub: CoBrowseHub, isJoined: boolean, kept: KeptSession): Promise<boolean> {
    const { site, store, capture, guidance, leave } = this.#options;
    const letGo = await (this.#options.hold ?? holdSession)(`copilot:${site}:${kept.sessionId}`);
    if (letGo === undefined) {
      hub.stop();
      return false;
    }
    this.#letGo = letGo;
    this.#session = new CoPilotSession({
      hub,
      kept,
      isJoined: isJoined && hub.state === 'connected',
      store,
      capture,
      guidance,
      leave: leave ?? goTo,
      version: VERSION,
      watchPage: this.#options.watchPage ?? watchPage,
      activity: (this.#options.watchActivity ?? watchActivity)(),
      onChange: () => {
        this.#changed();
      },
    });
    this.#changed();
    return true;
  }

  #forget(): void {
    this.#session = undefined;
    this.#letGo?.();
    this.#letGo = undefined;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function goTo(url: string): void {
  location.assign(url);
}

/** A customer who waits for an answer is told after a while that there is none. */
async function connected(hub: CoBrowseHub, refusal: () => HubError | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscriptions: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = () => {
        reject(new CallError(refusal() ?? { code: DISCONNECTED, text: 'The server could not be reached.' }));
      };
      timer = setTimeout(fail, CONNECT_PATIENCE_MS);
      subscriptions.push(
        hub.onConnected(resolve),
        hub.onState((state) => {
          if (state === 'stopped') {
            fail();
          }
        }),
      );
    });
  } finally {
    clearTimeout(timer);
    for (const unsubscribe of subscriptions) {
      unsubscribe();
    }
  }
}
