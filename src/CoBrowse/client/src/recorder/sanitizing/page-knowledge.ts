/** What the sanitizer asks of the page that the recorded events do not tell. */
export interface PageKnowledge {
  /** Ids of the elements that the site's own selectors show. The same set until it changes. */
  shown(): ReadonlySet<number>;
  /** How large the page draws what is not shown itself. */
  sizeOf(id: number): { readonly width: number; readonly height: number } | undefined;
  isClosedHost(id: number): boolean;
  /** The whole inline style, of which rrweb tells only what changed. */
  styleOf(id: number): string | undefined;
  /** The whole sheet of a `style` element or a link. */
  sheetOf(id: number): string | undefined;
}

const NOTHING: ReadonlySet<number> = new Set();

/** For events whose page is not at hand. */
export const unknownPage: PageKnowledge = {
  shown: () => NOTHING,
  sizeOf: () => undefined,
  isClosedHost: () => false,
  styleOf: () => undefined,
  sheetOf: () => undefined,
};
