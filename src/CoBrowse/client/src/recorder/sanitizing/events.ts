/** What may leave the page: the closed part of rrweb's events that `docs/cobrowse-frames.md` describes, fields in its order. */
export type SafeEvent =
  | SafeOf<4, { href: ''; width: number; height: number }>
  | SafeOf<2, { node: SafeNode; initialOffset: { left: number; top: number } }>
  | SafeOf<3, SafeIncrement>;

interface SafeOf<Type, Data> {
  readonly type: Type;
  readonly data: Data;
  readonly timestamp: number;
}

export type SafeIncrement =
  | SafeMutation
  | { source: 3; id: number; x: number; y: number }
  | { source: 4; width: number; height: number }
  | ({ source: 8 } & SheetOwner & { removes?: { index: number | number[] }[]; adds?: SafeRule[] })
  | ({ source: 13 } & SheetOwner & { index: number[] } & SafeDeclaration)
  | { source: 15; id: number; styleIds: number[]; styles?: { styleId: number; rules: SafeRule[] }[] };

export interface SafeMutation {
  source: 0;
  removes: { parentId: number; id: number; isShadow?: true }[];
  adds: { parentId: number; nextId: number | null; node: SafeNode }[];
  texts: { id: number; value: string }[];
  attributes: { id: number; attributes: Record<string, string | null> }[];
}

export type SheetOwner = { id: number } | { styleId: number };
export type SafeDeclaration =
  { set: { property: string; value: string; priority: '' | 'important' } } | { remove: { property: string } };

export interface SafeRule {
  rule: string;
  index: number | number[];
}

export type SafeNode =
  | { type: 0; id: number; compatMode?: 'BackCompat'; childNodes: SafeNode[] }
  | { type: 1; id: number; name: 'html'; publicId: ''; systemId: '' }
  | {
      type: 2;
      id: number;
      isSVG?: true;
      isShadowHost?: true;
      isShadow?: true;
      tagName: string;
      attributes: Record<string, string>;
      childNodes: SafeNode[];
    }
  | { type: 3; id: number; isShadow?: true; textContent: string };

/** A node as rrweb serializes it; every field is read with suspicion. */
export interface RawNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Record<string, unknown>;
  childNodes?: RawNode[];
  textContent?: string;
  compatMode?: string;
  isSVG?: unknown;
  isShadowHost?: unknown;
  isShadow?: unknown;
}

export interface RawEvent {
  type: number;
  data: unknown;
  timestamp: number;
}

export interface RawMutation {
  texts?: { id: number; value: string | null }[];
  attributes?: { id: number; attributes: Record<string, unknown> }[];
  removes?: { id: number }[];
  adds?: { parentId: number; nextId: number | null; node: RawNode }[];
}

/** The page is larger than a session can carry; the customer is told so. */
export class PageTooLargeError extends Error {
  override readonly name = 'PageTooLargeError';
}
