import {
  createMirror,
  getWindowHeight,
  getWindowScroll,
  getWindowWidth,
  hasShadowRoot,
  initAdoptedStyleSheetObserver,
  initMutationObserver,
  initScrollObserver,
  initViewportResizeObserver,
  mutationBuffers,
  ProcessedNodeManager,
  registerErrorHandler,
  serializeNodeWithId,
  ShadowDomManager,
  StylesheetManager,
  unregisterErrorHandler,
} from '@rrweb/record/parts';
import type { RawEvent } from '../sanitizing/events';
import { watchSheetCalls } from './sheet-calls';

/** Types of events, and of what an increment is about. */
const SNAPSHOT = 2;
const INCREMENT = 3;
const META = 4;
const MUTATION = 0;
const SCROLL = 3;
const RESIZE = 4;
const SHEET_RULE = 8;
const DECLARATION = 13;
const ADOPTED_SHEETS = 15;

/** Of recording what this does not record. */
const NO_CANVAS = { lock: noop, unlock: noop, reset: noop };
const NO_FRAMES = { addIframe: noop, attachIframe: noop };

/**
 * rrweb with an entry of our own: the tree, its style sheets, scrolling and the size of the page, open shadow trees included. Nothing else is
 * looked at, frames are never looked into, and no value of a field is read. One at a time in a page, started once.
 */
export class DomRecorder {
  readonly mirror = createMirror();
  readonly #emit: (event: RawEvent) => void;
  readonly #onError: (error: unknown) => void;
  readonly #stops: (() => void)[] = [];
  readonly #sheets: StylesheetManager;
  readonly #shadows: ShadowDomManager;
  /** What rrweb hands from function to function. */
  readonly #options: object;

  constructor(emit: (event: RawEvent) => void, onError: (error: unknown) => void) {
    this.#emit = emit;
    this.#onError = onError;
    const mutationCb = this.#increment(MUTATION);
    const scrollCb = this.#increment(SCROLL);
    this.#sheets = new StylesheetManager({ mutationCb, adoptedStyleSheetCb: this.#increment(ADOPTED_SHEETS) });
    const options = {
      slimDOMOptions: { headWhitespace: true, headTitleMutations: true },
      canvasManager: NO_CANVAS,
      iframeManager: NO_FRAMES,
      stylesheetManager: this.#sheets,
      processedNodeManager: new ProcessedNodeManager(),
    };
    const { mirror } = this;
    this.#shadows = new ShadowDomManager({ mutationCb, scrollCb, mirror, bypassOptions: options });
    this.#options = {
      ...options,
      mirror,
      mutationCb,
      scrollCb,
      shadowDomManager: this.#shadows,
      doc: document,
    };
  }

  /** Throws when the page cannot be read; `stop` must follow then, too. */
  start(): void {
    registerErrorHandler((error) => {
      this.#onError(error);
      // What the browser throws came through a function of the page's that is listened to: it must get what it would have got.
      return !(error instanceof DOMException);
    });
    const options = this.#options;
    this.takeSnapshot();
    for (const observe of [
      () => observeMutations(options),
      () => initScrollObserver(options),
      () => initViewportResizeObserver({ viewportResizeCb: this.#increment(RESIZE) }, { win: window }),
      () => this.#watchSheetCalls(),
      () => initAdoptedStyleSheetObserver(options, document),
    ]) {
      this.#stops.push(observe());
    }
  }

  /** The whole page anew; what was about to be told of changes is part of it, and told after it all the same. */
  takeSnapshot(): void {
    this.#send(META, { href: '', width: getWindowWidth(), height: getWindowHeight() });
    this.#sheets.reset();
    this.#shadows.init();
    for (const buffer of mutationBuffers) {
      buffer.lock();
    }
    try {
      const node = serializeNodeWithId(document, { ...this.#options, ...this.#followers() });
      this.#send(SNAPSHOT, { node, initialOffset: getWindowScroll(window) });
    } finally {
      for (const buffer of mutationBuffers) {
        buffer.unlock();
      }
    }
    // Safari has them since 16.4.
    const { adoptedStyleSheets = [] } = document as Partial<Document>;
    this.#sheets.adoptStyleSheets(adoptedStyleSheets, this.mirror.getId(document));
  }

  /** Nothing of it is left in the page, whatever goes wrong on the way. */
  stop(): void {
    for (const stop of this.#stops) {
      try {
        stop();
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#shadows.reset();
    this.#stops.length = mutationBuffers.length = 0;
    unregisterErrorHandler();
  }

  #watchSheetCalls(): () => void {
    return watchSheetCalls({
      mirror: this.mirror,
      sheets: this.#sheets.styleMirror,
      onRules: this.#increment(SHEET_RULE),
      onDeclaration: this.#increment(DECLARATION),
      onError: this.#onError,
    });
  }

  /** What is to be watched further of nodes that a snapshot comes across. */
  #followers() {
    return {
      onSerialize: (node: Node) => {
        if (hasShadowRoot(node)) {
          this.#shadows.addShadowRoot((node as Element).shadowRoot as ShadowRoot, document);
        }
      },
      onStylesheetLoad: (link: Node, serialized: unknown) => {
        this.#sheets.attachLinkElement(link, serialized);
      },
    };
  }

  #increment(source: number): (data: object) => void {
    return (data) => {
      this.#send(INCREMENT, { source, ...data });
    };
  }

  #send(type: number, data: object): void {
    this.#emit({ type, data, timestamp: Date.now() });
  }
}

function observeMutations(options: object): () => void {
  const [observer, stop] = initMutationObserver(options, document);
  return () => {
    observer.disconnect();
    stop();
  };
}

function noop(): void {
  // There is nothing to do.
}
