import { Replayer } from '@rrweb/replay';
import type { RawEvent } from '../recorder/sanitizing/events';

/** The Replayer applies at once, and without an animation frame, which a hidden tab never gets, what lies before the beginning of its live time. */
const BASELINE = 2;
const BEFORE_BASELINE = 1;
/** Of the recorder's events, see `docs/cobrowse-frames.md`. */
const INCREMENT = 3;
const SCROLL = 3;

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface PageReplayOptions {
  readonly root: HTMLElement;
  /** For the replayed page, before its own. */
  readonly rules: readonly string[];
  readonly onSize: (size: Size) => void;
  readonly onNode: (node: Node) => void;
}

/**
 * The customer's page, built anew from its events in a frame without scripts. A Replayer lives from one keyframe to the next, as it keeps all that it
 * ever got. Its interaction and its canvases stay off: both would let the page's scripts run with the viewer's rights.
 */
export class PageReplay {
  readonly #options: PageReplayOptions;
  #replayer: Replayer | undefined;

  constructor(options: PageReplayOptions) {
    this.#options = options;
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#replayer?.iframe;
  }

  show(events: readonly RawEvent[]): void {
    this.clear();
    const { root, rules, onSize, onNode } = this.#options;
    const replayer = new Replayer([], {
      root,
      liveMode: true,
      useVirtualDom: false,
      triggerFocus: false,
      mouseTail: false,
      showWarning: false,
      pauseAnimation: false,
      insertStyleRules: [...rules],
      plugins: [
        {
          onBuild: (node) => {
            onNode(node as Node);
          },
        },
      ],
    });
    this.#replayer = replayer;
    keepFocusFrom(replayer.iframe);
    replayer.iframe.title = root.title;
    replayer.iframe.tabIndex = -1;
    replayer.on('resize', (size) => {
      onSize(size as Size);
    });
    replayer.startLive(BASELINE);
    this.apply(events);
  }

  apply(events: readonly RawEvent[]): void {
    for (const event of events) {
      this.#replayer?.addEvent({ ...event, timestamp: BEFORE_BASELINE });
    }
  }

  clear(): void {
    this.#replayer?.destroy();
    this.#replayer = undefined;
    this.#options.root.replaceChildren();
  }

  /** Of the window, not of something in the page. */
  isScrollOfPage({ type, data }: RawEvent): boolean {
    const { source, id } = data as { source?: number; id?: number };
    const page = this.frame?.contentDocument;
    return type === INCREMENT && source === SCROLL && page != null && id === this.idOf(page);
  }

  idOf(node: Node): number | undefined {
    const id = this.#replayer?.getMirror().getId(node) ?? -1;
    return id > 0 ? id : undefined;
  }

  nodeOf(id: number): Element | undefined {
    const node = this.#replayer?.getMirror().getNode(id);
    return node && 'getBoundingClientRect' in node ? (node as Element) : undefined;
  }

  textOf(id: number): Node | undefined {
    return this.#replayer?.getMirror().getNode(id) ?? undefined;
  }

  /** The innermost element at a place in the viewport of the page, shadow trees included. */
  elementAt(x: number, y: number): Element | undefined {
    let found = this.frame?.contentDocument?.elementFromPoint(x, y) ?? undefined;
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) {
        break;
      }

      found = inner;
    }

    return found;
  }
}

/** The Replayer opens dialogs as the customer's page does, and a dialog that opens takes the focus, even from the console around. An inert one cannot. */
function keepFocusFrom(frame: HTMLIFrameElement): void {
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  for (const how of ['show', 'showModal'] as const) {
    const dialogs = view?.HTMLDialogElement.prototype ?? {};
    const open = Reflect.get(dialogs, how) as (this: HTMLDialogElement) => void;
    Reflect.set(dialogs, how, function (this: HTMLDialogElement): void {
      this.inert = true;
      try {
        open.call(this);
      } finally {
        this.inert = false;
      }
    });
  }
}
