import type { HubError } from '@copilot/contracts';
import type { ScopePolicy } from '../scope/scope-policy';
import type { CoBrowseHub } from './hub';

/** Why a capture has ended by itself. */
export const CaptureEnds = {
  /** The page is more than a session can carry. */
  pageTooLarge: 'page_too_large',
  /** The page could not be recorded, or what records it could not be loaded. */
  captureFailed: 'capture_failed',
} as const;

export type CaptureEnd = (typeof CaptureEnds)[keyof typeof CaptureEnds];

/** What a capture needs to know of the session it records for, and tells it. */
export interface CaptureSession {
  readonly sessionId: string;
  readonly hub: Pick<CoBrowseHub, 'call' | 'on'>;
  /** Asked before every record and every call: nothing of a page that is out of scope may be captured, whenever that was noticed. */
  readonly scope: ScopePolicy;
  /** Of which elements the site shows the text. */
  readonly shownSelectors: readonly string[];
  /** Frames of this connection have this number or a higher one. */
  readonly nextSeq: number;
  /** The page is on its way to the agent; said once after each start, before anything is sent. */
  readonly onPublishing: () => void;
  /** It has stopped, and will not go on with this page. */
  readonly onOver: (reason: CaptureEnd) => void;
  /** It has stopped because the server takes nothing of this session any more, or does not take it for shown. */
  readonly onRefused: (error: HubError) => void;
}

/**
 * Records the page and sends it. The session calls it from one place, in any order but never twice the same in a row; none of it may throw,
 * wait, or call the session back before it returns.
 */
export interface CapturePort {
  /** The customer has agreed: what recording needs may be fetched. */
  prepare(): void;
  /** From a keyframe on: consent was given, the page is in scope, the connection has the session. */
  start(session: CaptureSession): void;
  /** Nothing more is recorded or sent when this returns; `start` may follow. */
  pause(): void;
  /** As `pause`, for good: whatever was hooked into the page is gone when this returns. Another session may start. */
  stop(): void;
  /** The element that has this number in what was sent last. */
  nodeOf(id: number): Element | undefined;
}
