import {
  createMirror,
  getWindowHeight,
  getWindowScroll,
  getWindowWidth,
  hasShadowRoot,
  initMutationObserver,
  initScrollObserver,
  initViewportResizeObserver,
  mutationBuffers,
  ProcessedNodeManager,
  registerErrorHandler,
  serializeNodeWithId,
  StylesheetManager,
  unregisterErrorHandler,
} from '@rrweb/record/parts';
import { PageTooLargeError, type RawEvent } from '../sanitizing/events';
import { limits } from '../sanitizing/rules';
import { follow } from './follow';
import { ShadowRoots } from './shadow-roots';
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
  readonly #onLoad: (event: Event) => void;
  readonly #onError: (error: unknown) => void;
  readonly #stops: (() => void)[] = [];
  readonly #sheets: StylesheetManager;
  readonly #shadows = new ShadowRoots((root) => this.#watchShadow(root));
  /** What rrweb hands from function to function. */
  readonly #options: object;

  /** @param onLoad Hears of every picture and sheet that has loaded, in shadow trees, too. */
  constructor(emit: (event: RawEvent) => void, onLoad: (event: Event) => void, onError: (error: unknown) => void) {
    this.#emit = emit;
    this.#onLoad = onLoad;
    this.#onError = onError;
    const mutationCb = this.#increment(MUTATION);
    const scrollCb = this.#increment(SCROLL);
    this.#sheets = new StylesheetManager({ mutationCb, adoptedStyleSheetCb: this.#increment(ADOPTED_SHEETS) });
    this.#options = {
      slimDOMOptions: { headWhitespace: true, headTitleMutations: true },
      canvasManager: NO_CANVAS,
      iframeManager: NO_FRAMES,
      stylesheetManager: this.#sheets,
      processedNodeManager: new ProcessedNodeManager(),
      mirror: this.mirror,
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
    this.takeSnapshot();
    for (const observe of [
      () => this.#watch(document),
      () => initViewportResizeObserver({ viewportResizeCb: this.#increment(RESIZE) }, { win: window }),
      () => this.#watchSheetCalls(),
      () => this.#follow(Element, 'attachShadow'),
      () => this.#follow(Document, 'adoptedStyleSheets'),
      () => this.#follow(ShadowRoot, 'adoptedStyleSheets'),
    ]) {
      this.#stops.push(observe());
    }
  }

  /**
   * The whole page anew; what was about to be told of changes is part of it, and told after it all the same.
   * @throws PageTooLargeError before the page stands still for it
   */
  takeSnapshot(): void {
    if (document.getElementsByTagName('*').length > limits.nodes) {
      throw new PageTooLargeError();
    }
    this.#send(META, { href: '', width: getWindowWidth(), height: getWindowHeight() });
    this.#sheets.reset();
    this.#shadows.reset();
    const onSerialize = (node: Node) => {
      this.#addShadowOf(node);
    };
    const node = serializeNodeWithId(document, { ...this.#options, onSerialize });
    this.#send(SNAPSHOT, { node, initialOffset: getWindowScroll(window) });
    this.#adopt(document, document);
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
    this.#stops.length = 0;
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

  #watch(root: Document | ShadowRoot): () => void {
    const [observer, stopObserver] = initMutationObserver(this.#options, root);
    mutationBuffers.length = 0; // Nobody pauses, and nobody else lets go of them.
    const stopScroll = initScrollObserver({ ...this.#options, doc: root });
    root.addEventListener('load', this.#onLoad, true);
    return () => {
      root.removeEventListener('load', this.#onLoad, true);
      stopScroll();
      observer.disconnect();
      if (root === document) {
        stopObserver();
      }
    };
  }

  #watchShadow(root: ShadowRoot): () => void {
    // Its host may get its id only with the changes that are about to be told.
    const adopting = setTimeout(() => {
      this.#adopt(root, root.host);
    });
    const stop = this.#watch(root);
    return () => {
      clearTimeout(adopting);
      stop();
    };
  }

  #addShadowOf(node: Node): void {
    if (hasShadowRoot(node)) {
      this.#shadows.addShadowRoot((node as Element).shadowRoot as ShadowRoot);
    }
  }

  #follow(type: { prototype: object }, name: string): () => void {
    const hear = (on: Node) => {
      if (on === document) {
        this.#adopt(document, on);
      } else if (on instanceof Element && on.isConnected) {
        this.#addShadowOf(on);
      } else if (this.#shadows.has(on)) {
        this.#adopt(on as ShadowRoot, (on as ShadowRoot).host);
      }
    };
    return follow(type.prototype, name, hear, this.#onError);
  }

  #adopt(root: Partial<DocumentOrShadowRoot>, host: Node): void {
    // Safari has them since 16.4.
    this.#sheets.adoptStyleSheets(root.adoptedStyleSheets ?? [], this.mirror.getId(host));
  }

  #increment(source: number): (data: object) => void {
    return (data) => {
      this.#send(INCREMENT, { source, ...data });
    };
  }

  #send(type: number, data: object): void {
    this.#emit({ type, data, timestamp: Math.trunc(Date.now()) }); // A page can have a clock of its own here.
  }
}

function noop(): void {
  // There is nothing to do.
}
