import type { ScopePolicy } from '../scope/scope-policy';

/** What a capture needs to know of the session it records for. */
export interface CaptureSession {
  readonly sessionId: string;
  /** Asked before every record: nothing of a page that is out of scope may be captured, whenever that was noticed. */
  readonly scope: ScopePolicy;
}

/**
 * Records the page and sends it. The session calls it from one place, in any order but never twice the same in a row; none of it may throw
 * or wait.
 */
export interface CapturePort {
  /** From a keyframe on: consent was given, the page is in scope, the connection has the session. */
  start(session: CaptureSession): void;
  /** Nothing more is recorded or sent when this returns; `start` may follow. */
  pause(): void;
  /** As `pause`, for good: whatever was hooked into the page is gone when this returns. */
  stop(): void;
  /** The element that has this number in what was sent last. */
  nodeOf?(id: number): Element | undefined;
}
