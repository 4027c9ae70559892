/** What @rrweb/record is made of, as far as it is used here; `recorder-parts.mjs` brings it out when the script is built. */
declare module '@rrweb/record/parts' {
  export interface Mirror {
    /** -1 for what it does not know. */
    getId(node: Node | null): number;
    getNode(id: number): Node | null;
  }

  export function createMirror(): Mirror;

  export interface SheetMirror {
    /** -1 for what it does not know. */
    getId(sheet: CSSStyleSheet): number;
  }

  export class StylesheetManager {
    readonly styleMirror: SheetMirror;
    constructor(options: { mutationCb: Callback; adoptedStyleSheetCb: Callback });
    adoptStyleSheets(sheets: readonly CSSStyleSheet[], hostId: number): void;
    reset(): void;
  }

  export const ProcessedNodeManager: new () => object;

  /** Of all that is observed, for pausing. */
  export const mutationBuffers: unknown[];

  /** Null for what has no form of its own. */
  export function serializeNodeWithId(node: Node, options: object): object | null;
  export function hasShadowRoot(node: Node): boolean;
  export function getWindowScroll(window: Window): { left: number; top: number };
  export function getWindowWidth(): number;
  export function getWindowHeight(): number;

  /** True: the error goes no further. One at a time in the whole page. */
  export function registerErrorHandler(handler: (error: unknown) => boolean): void;
  export function unregisterErrorHandler(): void;

  type Callback = (data: object) => void;
  type Stop = () => void;
  export function initMutationObserver(options: object, root: Node): [observer: MutationObserver, stop: Stop];
  export function initScrollObserver(options: object): Stop;
  export function initViewportResizeObserver(options: { viewportResizeCb: Callback }, of: { win: Window }): Stop;
}
