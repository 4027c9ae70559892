import type { RawEvent } from '../recorder/sanitizing/events';
import { Figures } from './figures';
import { FrameStream } from './frame-stream';
import type { FramePiece, FromViewer, KeyframeReason, ToViewer, ViewState } from './messages';
import { guardEvents } from './page-guard';

/** What stands in the page's place, or over it: `absent` is `away` with no page to show. */
export type VeilState = ViewState | 'absent';

/** Where the page is shown. */
export interface PageScreen {
  /** @throws when the page cannot be built. */
  show(events: readonly RawEvent[]): void;
  apply(events: readonly RawEvent[]): void;
  /** Nothing of the page is left anywhere. */
  blank(): void;
  veil(state: VeilState): void;
  movePointer(pointer: Extract<ToViewer, { type: 'pointer' }>): void;
}

/** Asked again so late only, because each keyframe costs the customer a whole page. */
const ASK_AGAIN = 2_000;
/** The Replayer keeps every event: after so many a new page costs less than their memory. */
const EVENTS_PER_KEYFRAME = 20_000;
const FIGURES_EVERY = 1_000;
/** A word that was lost on its way would leave the sender waiting for it for ever. */
const SHOWN_AGAIN = 5_000;
const SHOWN: ReadonlySet<ViewState> = new Set(['live', 'away']);

/** What the viewer knows of the session that it shows: which frames are on the screen, and whether the page may be there at all. */
export class ViewSession {
  #state: ViewState = 'waiting';
  readonly #frames = new FrameStream();
  readonly #figures = new Figures();
  #hasPage = false;
  /** Nothing has changed since it was built: what fails now failed in that. */
  #isNew = false;
  #shownSeq = 0;
  #shownToldAt = 0;
  /** Until there is a keyframe. */
  #wanted: KeyframeReason | undefined;
  #events = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #figuresAt = Number.NEGATIVE_INFINITY;

  readonly #screen: PageScreen;
  readonly #post: (message: FromViewer) => void;
  readonly #now: () => number;

  constructor(screen: PageScreen, post: (message: FromViewer) => void, now: () => number) {
    this.#screen = screen;
    this.#post = post;
    this.#now = now;
  }

  get state(): ViewState {
    return this.#state;
  }

  take(message: Exclude<ToViewer, { type: 'open' | 'tool' | 'page' | 'scheme' }>): void {
    switch (message.type) {
      case 'frames':
        for (const piece of message.frames) {
          this.#takePiece(piece);
        }

        break;
      case 'state':
        this.#enter(message.state);
        break;
      case 'pointer':
        if (this.#state === 'live' && this.#hasPage) {
          this.#screen.movePointer(message);
        }

        break;
    }
  }

  /** Something of the page failed after it was handed over. */
  fail(): void {
    if (this.#isNew) {
      this.#losePage();
    }

    this.#wantKeyframe('unreadable');
  }

  /** Now and then, whatever comes: a page that never arrived is asked for, and figures grow old. */
  tick(): void {
    const reason = this.#hasPage ? this.#wanted : 'no_page';
    if (this.#state === 'live' && reason) {
      this.#wantKeyframe(reason);
    }

    if (this.#now() - this.#shownToldAt >= SHOWN_AGAIN) {
      this.#tellShown();
    }

    this.#tellFigures();
  }

  #takePiece(piece: FramePiece): void {
    const arrivedAt = this.#now();
    if (this.#state === 'ended') {
      return;
    }

    const taken = this.#frames.take(piece);
    switch (taken.kind) {
      case 'frame':
        this.#show(taken.seq, taken.keyframe, taken.events, arrivedAt);
        break;
      case 'gap':
      case 'unreadable':
        this.#wantKeyframe(taken.kind);
        break;
      case 'seen':
        if (piece.part + 1 === piece.parts) {
          this.#tellShown();
        }

        break;
      case 'nothing':
        break;
    }
  }

  #show(seq: number, keyframe: boolean, raw: unknown, arrivedAt: number): void {
    if (!SHOWN.has(this.#state)) {
      // What was on its way when the view went blank. It must not come back, nor may what follows it.
      this.#frames.forget();
      return;
    }

    if (!keyframe && !this.#hasPage) {
      this.#wantKeyframe('no_page');
      return;
    }

    const events = guardEvents(raw);
    try {
      if (keyframe) {
        this.#screen.show(events);
        this.#hasPage = true;
        this.#isNew = true;
        this.#events = 0;
        this.#wanted = undefined;
        this.#veil();
      } else {
        this.#isNew = false;
        this.#screen.apply(events);
      }
    } catch {
      this.#losePage();
      this.#wantKeyframe('unreadable');
      return;
    }

    this.#shownSeq = seq;
    this.#noteShown(events, arrivedAt);
  }

  #noteShown(events: readonly RawEvent[], arrivedAt: number): void {
    this.#tellShown();
    this.#events += events.length;
    const last = events.at(-1);
    if (last) {
      this.#figures.note(last.timestamp, arrivedAt, this.#now());
    }

    this.#tellFigures();
    if (this.#events > EVENTS_PER_KEYFRAME) {
      this.#wantKeyframe('long');
    }
  }

  #enter(state: ViewState): void {
    if (this.#state === 'ended') {
      return;
    }

    this.#state = state;
    if (!SHOWN.has(state)) {
      this.#screen.blank();
      this.#hasPage = false;
      this.#frames.forget();
    }

    this.#askedAt = this.#now();
    this.#veil();
  }

  #veil(): void {
    const without = { live: 'waiting', away: 'absent' } as Readonly<Partial<Record<ViewState, VeilState>>>;
    this.#screen.veil((this.#hasPage ? undefined : without[this.#state]) ?? this.#state);
  }

  /** In its place are words, never an empty view: what is left of a page that failed looks like one. */
  #losePage(): void {
    this.#screen.blank();
    this.#hasPage = false;
    this.#isNew = false;
    this.#frames.forget();
    this.#veil();
  }

  #wantKeyframe(reason: KeyframeReason): void {
    const now = this.#now();
    this.#wanted = reason;
    if (SHOWN.has(this.#state) && now - this.#askedAt >= ASK_AGAIN) {
      this.#askedAt = now;
      this.#post({ type: 'keyframeWanted', seq: this.#shownSeq, reason });
    }
  }

  #tellShown(): void {
    if (this.#hasPage) {
      this.#shownToldAt = this.#now();
      this.#post({ type: 'shown', seq: this.#shownSeq });
    }
  }

  #tellFigures(): void {
    const now = this.#now();
    if (this.#hasPage && now - this.#figuresAt >= FIGURES_EVERY) {
      this.#figuresAt = now;
      this.#post({ type: 'figures', ...this.#figures.read(now) });
    }
  }
}
