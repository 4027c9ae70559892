import { type HubError, isRetriable } from '@copilot/contracts';
import { CaptureEnds, type CaptureSession } from '../session/capture';
import { FramePacker } from './frames/frame-packer';
import { cutFrame } from './frames/frame-pieces';
import { FrameSender } from './frames/frame-sender';
import { Increments } from './frames/increments';
import { PointerPublisher } from './pointer/pointer-publisher';
import type { PageRecording, recordPage } from './record-page';
import type { SafeEvent } from './sanitizing/events';
import { ScopeWatch } from './scope-watch';

/** Changes are collected for so long: an agent does not see the difference, and a page that changes all the time is sent a few times a second. */
const COLLECT_MS = 60;
/** The server asks no more often, and nobody else may make the page be read anew all the time. */
const KEYFRAME_EVERY_MS = 2_000;
/** Reading a large page must not become all that the page does: so many times as long as it took, it has peace. */
const PEACE = 10;
/** After a refusal that says "later", and does not say when; each more in a row doubles it. */
const LATER_MS = 2_000;
const LATEST_MS = 30_000;
/** A recorder that fails again and again shows a page that is not the customer's; one that fails now and then goes on. */
const MOST_FAILURES = 5;
const FORGIVEN_MS = 60_000;

type Increment = Extract<SafeEvent, { type: 3 }>;

/**
 * The recording of one page between a start and the pause behind it: what the recorder tells goes as frames to the server, a keyframe first. When
 * something is lost on the way, or more waits than a frame holds, what waits is dropped and the page is sent anew.
 */
export class CaptureRun {
  readonly #session: CaptureSession;
  readonly #record: typeof recordPage;
  readonly #takeSeq: () => number;
  readonly #scope: ScopeWatch;
  readonly #packer = new FramePacker();
  readonly #increments = new Increments();
  readonly #sender: FrameSender;
  readonly #pointer: PointerPublisher;
  readonly #forget: () => void;
  #recording: PageRecording | undefined;
  /** The first events of a page, until it is packed. */
  #keyframe: SafeEvent[] = [];
  /** What is told goes nowhere: the next keyframe holds it. */
  #isLost = true;
  #mustSnapshot = false;
  #snapshotAt = -Infinity;
  #snapshotMs = 0;
  #collecting: Timer;
  #renewing: Timer;
  #failures = 0;
  #failedAt = -Infinity;
  #refusals = 0;
  #isPublishing = false;
  #isStopped = false;

  constructor(session: CaptureSession, record: typeof recordPage, takeSeq: () => number) {
    const { hub, sessionId } = session;
    this.#session = session;
    this.#record = record;
    this.#takeSeq = takeSeq;
    this.#scope = new ScopeWatch(session.scope, () => {
      this.#returned();
    });
    this.#sender = new FrameSender({
      publish: (frames) => hub.call('PublishFrames', { sessionId, frames }),
      maySend: () => this.#isInScope(),
      onTaken: () => {
        this.#refusals = 0;
      },
      onRoom: () => {
        this.#pump();
      },
      onRefused: (error) => {
        this.#refused(error);
      },
    });
    this.#pointer = new PointerPublisher({
      publish: (pointer) => hub.call('PublishPointer', { sessionId, ...pointer }),
      maySend: () => this.#isPublishing && this.#isInScope(),
    });
    this.#forget = hub.on('KeyframeRequested', (asked) => {
      if (asked.sessionId === sessionId) {
        this.#renew();
      }
    });
  }

  /** Not before this returns: whoever starts a capture is not called back meanwhile. */
  begin(): void {
    this.#renew();
  }

  stop(): void {
    this.#isStopped = true;
    this.#forget();
    this.#pointer.stop();
    this.#scope.stop();
    this.#halt();
  }

  nodeOf(id: number): Element | undefined {
    return this.#recording?.nodeOf(id);
  }

  /** Nothing is recorded, nothing waits, nothing of ours is in the page. */
  #halt(): void {
    this.#recording?.stop();
    this.#recording = undefined;
    this.#drop();
    this.#sender.clear();
    clearTimeout(this.#renewing);
    this.#renewing = undefined;
    if (this.#isStopped) {
      this.#sender.stop();
    }
  }

  #drop(): void {
    this.#isLost = true;
    this.#keyframe = [];
    this.#increments.clear();
    this.#packer.drop();
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
  }

  /** When the answer is no, nothing is recorded or sent any more until the page is one that may be shown. */
  #isInScope(): boolean {
    if (this.#isStopped) {
      return false;
    }
    const isInScope = this.#scope.look();
    if (!isInScope) {
      this.#halt();
    }
    return isInScope;
  }

  #returned(): void {
    this.#mustSnapshot = true;
    this.#pump();
  }

  /** A keyframe, as soon as one may be made. */
  #renew(afterMs = 0): void {
    if (this.#isStopped || this.#mustSnapshot || this.#keyframe.length > 0 || this.#renewing !== undefined) {
      return;
    }
    const peace = Math.max(KEYFRAME_EVERY_MS, PEACE * this.#snapshotMs);
    const wait = Math.max(afterMs, this.#snapshotAt + peace - performance.now(), 0);
    this.#renewing = setTimeout(() => {
      this.#renewing = undefined;
      this.#mustSnapshot = true;
      this.#pump();
    }, wait);
  }

  /** What the other side has is not what this one will go on from. A keyframe that is on its way shows it a page all the same. */
  #lose(): void {
    this.#isLost = true;
    this.#increments.clear();
    this.#renew();
  }

  #take(event: SafeEvent): void {
    if (event.type === 4) {
      this.#drop();
      this.#keyframe = [event];
    } else if (event.type === 2) {
      this.#keyframe.push(event);
      this.#isLost = false;
    } else if (!this.#isLost) {
      this.#collect(event);
    }
  }

  #collect(event: Increment): void {
    this.#increments.add(event);
    if (this.#increments.isTooMuch) {
      this.#lose();
    } else {
      this.#collecting ??= setTimeout(() => {
        this.#collecting = undefined;
        this.#pump();
      }, COLLECT_MS);
    }
  }

  /** Does what is next, if there is anything and the line has room for it. */
  #pump(): void {
    if (this.#isStopped || this.#packer.isBusy || !this.#sender.hasRoom || !this.#isInScope()) {
      return;
    }
    if (this.#mustSnapshot) {
      this.#mustSnapshot = false;
      this.#snapshot();
    }
    const events = this.#keyframe;
    if (events.length > 1) {
      this.#keyframe = [];
      if (this.#isLost) {
        this.#renew(); // What was lost while it waited could not ask for the next one.
      }
      this.#pack(events, true);
    } else if (!this.#increments.isEmpty && this.#collecting === undefined) {
      this.#pack(this.#increments.take(), false);
    }
  }

  #snapshot(): void {
    const before = performance.now();
    this.#snapshotAt = before;
    try {
      if (this.#recording) {
        this.#recording.takeSnapshot();
      } else {
        this.#beginRecording();
      }
    } catch {
      if (this.#recording) {
        this.#failed();
      } else {
        this.#end(CaptureEnds.captureFailed);
        return;
      }
    }
    this.#snapshotAt = performance.now();
    this.#snapshotMs = this.#snapshotAt - before;
    if (this.#keyframe.length < 2) {
      this.#keyframe = [];
      this.#renew(); // The page could not be read.
    }
  }

  #beginRecording(): void {
    const begun = this.#record({
      shownSelectors: this.#session.shownSelectors,
      mayRecord: () => this.#isInScope(),
      emit: (event) => {
        this.#take(event);
      },
      onTooLarge: () => {
        this.#end(CaptureEnds.pageTooLarge);
      },
      onError: () => {
        this.#failed();
      },
    });
    // While the page was read, it may have become one that may not be.
    if (this.#isStopped || !this.#scope.isInScope) {
      begun.stop();
    } else {
      this.#recording = begun;
    }
  }

  #pack(events: readonly SafeEvent[], keyframe: boolean): void {
    this.#packer.pack(events, keyframe, (data) => {
      this.#packed(data, keyframe);
    });
  }

  #packed(data: Uint8Array | undefined, keyframe: boolean): void {
    if (!data && keyframe) {
      this.#end(CaptureEnds.pageTooLarge);
    } else if (!data) {
      this.#lose();
    } else if (this.#isInScope()) {
      if (!this.#isPublishing) {
        this.#isPublishing = true;
        this.#session.onPublishing();
      }
      this.#sender.send(cutFrame(this.#takeSeq(), keyframe, data));
      this.#pump();
    }
  }

  #refused(error: HubError): void {
    this.#sender.clear();
    if (isRetriable(error.code)) {
      const later = Math.min(LATER_MS * 2 ** this.#refusals, LATEST_MS);
      this.#refusals += 1;
      this.#drop();
      this.#renew(Math.max(later, error.retryAfterMs ?? 0));
    } else {
      this.#halt();
      this.#isStopped = true;
      this.#session.onRefused(error);
    }
  }

  /** The page never hears of it. */
  #failed(): void {
    const now = performance.now();
    this.#failures = now - this.#failedAt > FORGIVEN_MS ? 1 : this.#failures + 1;
    this.#failedAt = now;
    if (this.#failures >= MOST_FAILURES) {
      this.#end(CaptureEnds.captureFailed);
      return;
    }
    this.#lose();
  }

  #end(reason: (typeof CaptureEnds)[keyof typeof CaptureEnds]): void {
    if (!this.#isStopped) {
      this.stop();
      this.#session.onOver(reason);
    }
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;
