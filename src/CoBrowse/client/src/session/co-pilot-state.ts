import { SessionEndReasons, SessionStates } from '@copilot/contracts';
import type { Question } from '../guidance/question';
import { CaptureEnds } from './capture';

/** `opening`: not yet known whether the session that was kept still lives. */
export type Phase = 'opening' | 'asking' | 'live' | 'paused' | 'ended';

/** How a session stands, as it is shown. */
export interface CoPilotState {
  readonly phase: Phase;
  readonly agentName: string;
  readonly department: string | undefined;
  /** This page has the session: the server answers, and has it from this connection. */
  readonly isConnected: boolean;
  /** The page may be shown. */
  readonly isInScope: boolean;
  /** The page goes out to the agent at this moment. */
  readonly isSeen: boolean;
  /** Once ended: one of the wire's reasons, or of `LocalEndReasons`. */
  readonly endReason: string | undefined;
  /** What the agent proposes and the customer has not answered. */
  readonly question?: Question | undefined;
}

/** Why a session ended as far as only this page knows. */
export const LocalEndReasons = {
  /** The banner could not be shown. */
  bannerHidden: 'banner_hidden',
  /** The page could not be recorded, or the script that does it not be loaded. */
  captureFailed: CaptureEnds.captureFailed,
  /** The server has no such session any more and does not say why. */
  unknown: 'unknown',
} as const;

/** How this side has ended it, which the server is told even if this takes another page. */
export type Farewell =
  | typeof SessionEndReasons.declined
  | typeof SessionEndReasons.notRequested
  | typeof SessionEndReasons.endedByCustomer
  | typeof SessionEndReasons.pageTooLarge;

/** The phase of a state on the wire; one that is not known shows nothing of the page. */
export function phaseOf(state: string): 'asking' | 'live' | 'paused' {
  if (state === SessionStates.awaitingConsent) {
    return 'asking';
  }
  return state === SessionStates.live ? 'live' : 'paused';
}
