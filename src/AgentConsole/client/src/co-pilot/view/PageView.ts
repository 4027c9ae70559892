import {
  type FramePiece,
  type FromViewer,
  type Scheme,
  type Tool,
  type ToViewer,
  VIEWER_VERSION,
  type ViewState,
} from '@copilot/cobrowse/viewer-messages';
import { type FramesEvent, type PointerMovedEvent, SessionStates } from '@copilot/contracts';
import { Store } from '../../stores/Store';
import { type CoPilotState, LocalPhases } from '../CoPilotState';
import { PageGuide, type PageGuideOptions } from './PageGuide';
import { readViewerMessage } from './viewerMessages';

/** What the viewer needs to know of this page, said once. */
export type Opening = Omit<Extract<ToViewer, { type: 'open' }>, 'type' | 'version'>;
export type Post = (message: ToViewer, transfer: Transferable[]) => void;

export interface PageViewState {
  /** `silent`: the frame is there and says nothing; `refused`: it speaks another version. */
  readonly phase: 'loading' | 'ready' | 'silent' | 'refused';
  /** Each has a frame of its own. */
  readonly attempt: number;
  readonly tool: Tool;
  /** Milliseconds, as the viewer tells them. */
  readonly figures: { readonly delay: number; readonly quiet: number } | undefined;
  /** The code of the refusal of what the agent last showed. */
  readonly problem: string | undefined;
}

/** What the agent shows the customer. */
type Shown = Extract<FromViewer, { type: 'pointed' | 'highlighted' | 'scrollWanted' | 'drawn' }>;

/** A viewer that has not answered for so long is said to be out of reach. */
const PATIENCE_MS = 10_000;
/** Nor has one whose page never came. */
const LOADING_MS = 15_000;
/** More than a keyframe and its pieces: what a viewer that is still loading has not shown is asked for anew. */
const MOST_WAITING = 256;

/** The console's end of one viewer: what the hub tells goes in, what the agent does in it comes out. It knows nothing of the page itself. */
export class PageView {
  readonly state = new Store<PageViewState>({
    ...{ phase: 'loading', attempt: 0, tool: 'none' },
    ...{ figures: undefined, problem: undefined },
  });
  private readonly guide: PageGuide;
  private readonly session: Store<CoPilotState>;
  private post: Post | undefined;
  private waiting: FramePiece[] = [];
  private said: { readonly view: ViewState; readonly page: CoPilotState['page'] } | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Store<CoPilotState>, options: Omit<PageGuideOptions, 'onTold' | 'sessionId'>) {
    this.session = session;
    this.guide = new PageGuide({
      ...options,
      sessionId: () => session.get().sessionId,
      onTold: (problem) => {
        this.change({ problem });
      },
    });
    session.subscribe(() => {
      this.follow();
    });
  }

  /** A frame is there and begins to load. */
  expect(): void {
    this.wait(LOADING_MS);
  }

  retry(): void {
    this.change({ phase: 'loading', attempt: this.state.get().attempt + 1 });
  }

  /** A viewer has loaded, for the first time or again. */
  attach(post: Post, opening: Opening): void {
    this.detach();
    this.post = post;
    this.wait(PATIENCE_MS);
    post({ type: 'open', version: VIEWER_VERSION, ...opening }, []);
  }

  /** The frame is gone, and all that it showed. */
  detach(): void {
    clearTimeout(this.patience);
    this.post = undefined;
    this.said = undefined;
    this.change({ phase: 'loading', figures: undefined, problem: undefined });
  }

  /** Goes right behind `open`, so it need not wait until the viewer is ready. */
  paint(scheme: Scheme): void {
    this.post?.({ type: 'scheme', scheme }, []);
  }

  choose(tool: Tool): void {
    this.change({ tool });
    this.say({ type: 'tool', tool });
  }

  framesCame({ frames }: FramesEvent): void {
    const pieces = frames.map((frame) => ({ ...frame, data: bytesOf(frame.data) }));
    if (this.said) {
      this.sayFrames(pieces);
    } else if (mayShow(this.session.get())) {
      this.keep(pieces);
    }
  }

  pointerMoved({ x, y, scrollX, scrollY }: PointerMovedEvent): void {
    this.say({ type: 'pointer', x, y, scrollX, scrollY });
  }

  /** @param data of a message from the viewer's window and origin */
  heard(data: unknown): void {
    const message = readViewerMessage(data);
    if (!message) {
      return;
    }
    switch (message.type) {
      case 'ready':
        this.begin();
        break;
      case 'refused':
        clearTimeout(this.patience);
        this.change({ phase: 'refused' });
        break;
      case 'shown':
        this.guide.acknowledge(message.seq);
        break;
      case 'keyframeWanted':
        this.guide.requestKeyframe(message.seq);
        break;
      case 'toolChosen':
        this.change({ tool: message.tool });
        break;
      case 'figures':
        this.change({ figures: { delay: message.delay, quiet: message.quiet } });
        break;
      default:
        this.show(message);
    }
  }

  private show(message: Shown): void {
    if (this.session.get().phase !== SessionStates.live) {
      return;
    }
    const { type, ...guidance } = message;
    switch (type) {
      case 'pointed':
        this.guide.point(guidance);
        break;
      case 'highlighted':
        void this.guide.show('Highlight', guidance);
        break;
      case 'scrollWanted':
        void this.guide.show('ScrollTo', guidance);
        break;
      case 'drawn':
        void this.guide.show('Draw', message.points.length === 0 ? {} : { points: message.points });
        break;
    }
  }

  private begin(): void {
    clearTimeout(this.patience);
    this.change({ phase: 'ready' });
    this.said = { view: 'waiting', page: undefined };
    this.follow();
    this.say({ type: 'tool', tool: this.state.get().tool });
    const waiting = this.waiting.splice(0);
    if (waiting.length > 0) {
      this.sayFrames(waiting);
    } else if (mayShow(this.session.get())) {
      this.guide.requestKeyframe(0);
    }
  }

  /** Told in the order of the session's own changes, so that no frame comes before the word that it may be shown. */
  private follow(): void {
    const state = this.session.get();
    if (!mayShow(state)) {
      this.waiting = [];
      this.change({ figures: undefined });
    }
    if (!this.said) {
      return;
    }
    const { page } = state;
    const view = viewStateOf(state);
    const before = this.said;
    this.said = { view, page };
    if (page !== before.page && page?.inScope === true) {
      const { pageUrl, viewport } = page;
      this.say({ type: 'page', path: pageUrl ?? '', ...(viewport ? { viewport } : {}) });
    }
    if (view !== before.view) {
      this.say({ type: 'state', state: view });
      this.change({ problem: undefined });
    }
  }

  /** From a keyframe on only: what came before is not needed, and what follows none is of no use. */
  private keep(pieces: readonly FramePiece[]): void {
    for (const piece of pieces) {
      if (piece.keyframe && piece.part === 0) {
        this.waiting = [piece];
      } else if (this.waiting.length === MOST_WAITING) {
        this.waiting = [];
      } else if (this.waiting.length > 0) {
        this.waiting.push(piece);
      }
    }
  }

  private wait(patience: number): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.change({ phase: 'silent' });
    }, patience);
  }

  private sayFrames(frames: readonly FramePiece[]): void {
    this.post?.(
      { type: 'frames', frames },
      frames.map(({ data }) => data.buffer),
    );
  }

  private say(message: ToViewer): void {
    if (this.said) {
      this.post?.(message, []);
    }
  }

  private change(change: Partial<PageViewState>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }
}

function viewStateOf({ phase, away, page }: CoPilotState): ViewState {
  switch (phase) {
    case SessionStates.live:
      return page?.inScope === false ? 'private' : away ? 'away' : 'live';
    case SessionStates.paused:
      return 'paused';
    case SessionStates.ended:
      return 'ended';
    default:
      return 'waiting';
  }
}

/** While it is not known how the session stands, what comes is not thrown away yet. */
function mayShow(state: CoPilotState): boolean {
  const view = viewStateOf(state);
  return view === 'live' || view === 'away' || state.phase === LocalPhases.loading;
}

/** Bytes of their own: what MessagePack hands out is a part of all that came with it. JSON has them in base64. */
function bytesOf(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof data === 'string'
    ? Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    : new Uint8Array(data);
}
