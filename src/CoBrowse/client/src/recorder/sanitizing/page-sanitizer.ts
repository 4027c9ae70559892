import type { RawEvent, RawMutation, RawNode, SafeEvent, SafeIncrement } from './events';
import { Mutation } from './mutation';
import { HashedNames, type Names } from './names';
import { unknownPage, type PageKnowledge } from './page-knowledge';
import type { PageNode } from './page-node';
import { PageSheets, type RawAdoptedSheets, type RawDeclaration, type RawSheetRule } from './page-sheets';
import { PageTree } from './page-tree';
import { limits } from './rules';

/**
 * Between the recorder and everything else: of each recorded event it answers what may leave the page, or nothing. An allowlist throughout;
 * what it does not know does not exist. `docs/cobrowse-frames.md` says what it lets through, and the server refuses anything else.
 */
export class PageSanitizer {
  readonly #names: Names;
  readonly #page: PageKnowledge;
  /** Of each event asked once what is shown: every node asks for itself and all around it, and an answer costs a search of the page. */
  readonly #known: PageKnowledge;
  readonly #passwords = new Set<number>();
  #tree: PageTree;
  #sheets: PageSheets;
  #shown: ReadonlySet<number> = new Set();

  constructor(page: PageKnowledge = unknownPage, names: Names = new HashedNames()) {
    this.#names = names;
    this.#page = page;
    this.#known = {
      shown: () => this.#shown,
      sizeOf: (id) => page.sizeOf(id),
      isClosedHost: (id) => page.isClosedHost(id),
      styleOf: (id) => page.styleOf(id),
      sheetOf: (id) => page.sheetOf(id),
    };
    this.#tree = new PageTree(names, this.#known, this.#passwords);
    this.#sheets = new PageSheets(this.#tree, names);
  }

  /** @throws PageTooLargeError */
  sanitize(event: RawEvent): SafeEvent | undefined {
    const { timestamp } = event;
    switch (event.type) {
      case 4: {
        const { width, height } = event.data as { width: number; height: number };
        return { type: 4, data: { href: '', width: whole(width, 0), height: whole(height, 0) }, timestamp };
      }
      case 2:
        return this.#snapshot(event.data as { node: RawNode; initialOffset: { left: number; top: number } }, timestamp);
      case 3: {
        const data = this.#increment(event.data as { source: number });
        return data && { type: 3, data, timestamp };
      }
      default:
        return undefined;
    }
  }

  /** Sends an element anew with all it holds: its size became known, or its sheet. */
  judgeAnew(id: number, timestamp: number): SafeEvent | undefined {
    const node = this.#tree.find(id);
    const data = node && this.#mutate({}, [node]);
    return data && { type: 3, data, timestamp };
  }

  #snapshot(
    { node, initialOffset }: { node: RawNode; initialOffset: { left: number; top: number } },
    timestamp: number,
  ): SafeEvent | undefined {
    this.#tree = new PageTree(this.#names, this.#known, this.#passwords);
    this.#sheets = new PageSheets(this.#tree, this.#names);
    this.#shown = this.#page.shown();
    const nodes = this.#tree.insert(node, undefined, undefined);
    const root = nodes[0] && this.#tree.writeAll(nodes[0]);
    const { left, top } = initialOffset;
    return root && { type: 2, data: { node: root, initialOffset: { left: whole(left), top: whole(top) } }, timestamp };
  }

  #increment(data: { source: number }): SafeIncrement | undefined {
    switch (data.source) {
      case 0:
        return this.#mutate(data as RawMutation, []);
      case 3: {
        const { id, x, y } = data as unknown as { id: number; x: number; y: number };
        const node = this.#tree.findSent(id);
        return node && !node.isField && node.type !== 3 ? { source: 3, id, x: whole(x), y: whole(y) } : undefined;
      }
      case 4: {
        const { width, height } = data as unknown as { width: number; height: number };
        return { source: 4, width: whole(width, 0), height: whole(height, 0) };
      }
      case 8:
        return this.#sheets.changeRules(data as RawSheetRule);
      case 13:
        return this.#sheets.changeDeclaration(data as unknown as RawDeclaration);
      case 15:
        return this.#sheets.adopt(data as unknown as RawAdoptedSheets);
      default:
        return undefined;
    }
  }

  #mutate(raw: RawMutation, judgeAnew: PageNode[]): SafeIncrement | undefined {
    const before = this.#shown;
    this.#shown = this.#page.shown();
    const turned =
      before === this.#shown ? [] : [...difference(before, this.#shown), ...difference(this.#shown, before)];
    const safe = new Mutation(this.#tree, this.#names, this.#known).apply(raw, () => [
      ...judgeAnew,
      ...turned.flatMap((id) => this.#tree.find(id) ?? []),
    ]);
    return safe;
  }
}

function difference(one: ReadonlySet<number>, other: ReadonlySet<number>): number[] {
  return [...one].filter((id) => !other.has(id));
}

/** Browsers measure in fractions, and the wire does not. */
function whole(value: number, least: number = -limits.coordinate): number {
  return Number.isFinite(value) ? Math.min(Math.max(Math.round(value), least), limits.coordinate) + 0 : 0;
}
