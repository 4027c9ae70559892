import { Limits } from '@copilot/contracts';

/** Both sides say theirs first; other numbers do not talk to each other. Told in `docs/cobrowse-viewer.md`. */
export const VIEWER_VERSION = 1;

export const VIEW_STATES = ['waiting', 'live', 'paused', 'private', 'away', 'ended'] as const;
export const SCHEMES = ['light', 'dark'] as const;
export const TOOLS = ['none', 'point', 'highlight', 'scroll', 'draw'] as const;

/** Frames are missing; could not be read or shown; there is no page at all; too many events since the last one. */
export const KEYFRAME_REASONS = ['gap', 'unreadable', 'no_page', 'long'] as const;

export type ViewState = (typeof VIEW_STATES)[number];
export type Tool = (typeof TOOLS)[number];
export type Language = 'en' | 'nl';
export type Scheme = (typeof SCHEMES)[number];

/** A piece of a frame as the hub gives it. */
export interface FramePiece {
  readonly seq: number;
  readonly keyframe: boolean;
  readonly part: number;
  readonly parts: number;
  readonly data: Uint8Array;
}

export type ToViewer =
  | {
      readonly type: 'open';
      readonly version: number;
      readonly language?: Language;
      readonly scheme?: Scheme;
    }
  | { readonly type: 'frames'; readonly frames: readonly FramePiece[] }
  | {
      readonly type: 'page';
      readonly path: string;
      readonly viewport?: { readonly width: number; readonly height: number };
    }
  | {
      readonly type: 'pointer';
      readonly x: number;
      readonly y: number;
      readonly scrollX: number;
      readonly scrollY: number;
    }
  | { readonly type: 'state'; readonly state: ViewState }
  | { readonly type: 'tool'; readonly tool: Tool }
  | { readonly type: 'scheme'; readonly scheme: Scheme };

/**
 * With a node 0 to 1 across its box, because the same element is elsewhere where fonts differ and texts are masked; without one in CSS pixels of the whole
 * page.
 */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly nodeId?: number;
}

export type FromViewer =
  | { readonly type: 'ready'; readonly version: number }
  /** Of another version: nothing follows. */
  | { readonly type: 'refused'; readonly version: number }
  /** Every frame up to this one is on the screen. */
  | { readonly type: 'shown'; readonly seq: number }
  | { readonly type: 'keyframeWanted'; readonly seq: number; readonly reason: KeyframeReason }
  /** Without a place: nowhere any more. */
  | ({ readonly type: 'pointed' } & Partial<Place>)
  /** Without a node: nothing any more. */
  | { readonly type: 'highlighted'; readonly nodeId?: number }
  | ({ readonly type: 'scrollWanted' } & Place)
  /** Places of a line, x and y in turn; none take back all lines. */
  | { readonly type: 'drawn'; readonly points: readonly number[] }
  | { readonly type: 'toolChosen'; readonly tool: Tool }
  | { readonly type: 'figures'; readonly delay: number; readonly apply: number; readonly quiet: number };

export type KeyframeReason = (typeof KEYFRAME_REASONS)[number];

type Fields = Readonly<Record<string, unknown>>;

const FRAMES_AT_ONCE = 1024;
const PATH_UNITS = 2048;
const SIDE = 100_000;

/** What the console said, or nothing when it is not of this protocol. */
export function readMessage(data: unknown): ToViewer | undefined {
  if (!isFields(data)) {
    return undefined;
  }

  switch (data.type) {
    case 'open':
      return readOpen(data);
    case 'frames':
      return Array.isArray(data.frames) && data.frames.length <= FRAMES_AT_ONCE && data.frames.every(isPiece)
        ? { type: 'frames', frames: data.frames }
        : undefined;
    case 'page':
      return readPage(data);
    case 'pointer':
      return readPointer(data);
    case 'state':
      return isOneOf(VIEW_STATES, data.state) ? { type: 'state', state: data.state } : undefined;
    case 'tool':
      return isOneOf(TOOLS, data.tool) ? { type: 'tool', tool: data.tool } : undefined;
    case 'scheme':
      return isOneOf(SCHEMES, data.scheme) ? { type: 'scheme', scheme: data.scheme } : undefined;
    default:
      return undefined;
  }
}

function readOpen({ version, language, scheme }: Fields): ToViewer | undefined {
  if (!isWhole(version, 1)) {
    return undefined;
  }

  return {
    type: 'open',
    version,
    ...(language === 'nl' || language === 'en' ? { language } : {}),
    ...(isOneOf(SCHEMES, scheme) ? { scheme } : {}),
  };
}

function readPage({ path, viewport }: Fields): ToViewer | undefined {
  if (typeof path !== 'string' || path.length > PATH_UNITS) {
    return undefined;
  }

  return isFields(viewport) && isWhole(viewport.width, 1, SIDE) && isWhole(viewport.height, 1, SIDE)
    ? { type: 'page', path, viewport: { width: viewport.width, height: viewport.height } }
    : { type: 'page', path };
}

function readPointer({ x, y, scrollX, scrollY }: Fields): ToViewer | undefined {
  return isCoordinate(x) && isCoordinate(y) && isCoordinate(scrollX) && isCoordinate(scrollY)
    ? { type: 'pointer', x, y, scrollX, scrollY }
    : undefined;
}

function isPiece(piece: unknown): piece is FramePiece {
  return (
    isFields(piece) &&
    isWhole(piece.seq, 1) &&
    typeof piece.keyframe === 'boolean' &&
    isWhole(piece.parts, 1) &&
    isWhole(piece.part, 0, piece.parts - 1) &&
    piece.data instanceof Uint8Array
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

export function isWhole(value: unknown, from = 0, to = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

export function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= Limits.coordinate;
}

export function isOneOf<T extends string>(words: readonly T[], value: unknown): value is T {
  return (words as readonly unknown[]).includes(value);
}
