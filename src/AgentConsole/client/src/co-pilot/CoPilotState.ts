import { SessionStates, type SitePage, type WatchedPage, type WatchResult } from '@copilot/contracts';

/** Before the server's own words: the code is asked for; a session from before a reload is looked up. */
export const LocalPhases = { asking: 'asking', loading: 'loading' } as const;

export interface CoPilotState {
  /** One of `LocalPhases` or of the wire's `SessionStates`; a word that is not known is shown neutrally. */
  readonly phase: string;
  /** Undefined until the server has answered with a code. */
  readonly sessionId: string | undefined;
  readonly code: string | undefined;
  readonly expiresAt: string | undefined;
  readonly failures: number;
  readonly verified: boolean;
  readonly away: boolean;
  /** Only while live. */
  readonly page: WatchedPage | undefined;
  /** Where the viewer is, once the server has told it. */
  readonly viewerUrl: string | undefined;
  /** What the site's agents propose often. */
  readonly pages: readonly SitePage[];
  readonly endsAt: string | undefined;
  readonly endReason: string | undefined;
  readonly isEnding: boolean;
  /** The code of the refusal that the agent should know of. */
  readonly problem: string | undefined;
}

export const nothingHeard: CoPilotState = {
  phase: LocalPhases.asking,
  sessionId: undefined,
  code: undefined,
  expiresAt: undefined,
  failures: 0,
  verified: false,
  away: false,
  page: undefined,
  viewerUrl: undefined,
  pages: [],
  endsAt: undefined,
  endReason: undefined,
  isEnding: false,
  problem: undefined,
};

/** What the server says holds, whatever was heard before. */
export function watched(state: CoPilotState, result: WatchResult): CoPilotState {
  if (result.state === SessionStates.ended) {
    return ended({ ...state, failures: result.failures, verified: result.verified }, result.endReason);
  }
  return {
    ...state,
    phase: result.state,
    failures: result.failures,
    verified: result.verified,
    away: result.away,
    page: result.page,
    viewerUrl: result.viewerUrl ?? state.viewerUrl,
    pages: result.pages ?? state.pages,
    endsAt: result.endsAt,
    problem: result.state === state.phase ? state.problem : undefined,
  };
}

/** The first end that is heard of is the true one. */
export function ended(state: CoPilotState, reason: string | undefined): CoPilotState {
  return hasEnded(state)
    ? state
    : {
        ...state,
        phase: SessionStates.ended,
        endReason: reason,
        code: undefined,
        page: undefined,
        away: false,
        isEnding: false,
        problem: undefined,
      };
}

export function hasEnded(state: CoPilotState): boolean {
  return state.phase === SessionStates.ended;
}

/** The customer is there and nothing has ended. */
export function hasCustomer({ phase }: CoPilotState): boolean {
  return phase === SessionStates.awaitingConsent || phase === SessionStates.live || phase === SessionStates.paused;
}

/** There is somebody to look along with, and something to do it in. */
export function isViewable(state: CoPilotState): boolean {
  return hasCustomer(state) && state.viewerUrl !== undefined;
}
