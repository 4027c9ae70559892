import type { RawMutation, RawNode, SafeMutation } from './events';
import type { Names } from './names';
import type { PageKnowledge } from './page-knowledge';
import type { PageNode } from './page-node';
import { subtree, type PageTree } from './page-tree';

/**
 * One batch of changes, in two passes: first all of them are taken into the tree, then what the other side must hear is written from the tree
 * as it ended up. So no text is judged by a region that is no longer around it.
 */
export class Mutation {
  readonly #tree: PageTree;
  readonly #names: Names;
  readonly #page: PageKnowledge;
  readonly #safe: SafeMutation = { source: 0, removes: [], adds: [], texts: [], attributes: [] };
  readonly #placed: PageNode[] = [];
  /** Nodes of which something that never changes may have, and what it was. */
  readonly #fixed = new Map<PageNode, string>();
  readonly #changed = new Map<PageNode, Set<string>>();
  readonly #texts = new Set<PageNode>();

  constructor(tree: PageTree, names: Names, page: PageKnowledge) {
    this.#tree = tree;
    this.#names = names;
    this.#page = page;
  }

  /** Undefined when the other side need not hear of it. */
  apply(raw: RawMutation, judgeAnew: () => Iterable<PageNode>): SafeMutation | undefined {
    for (const { id } of raw.removes ?? []) {
      this.#remove(this.#tree.find(id));
    }

    this.#place(raw.adds ?? []);
    for (const { id, value } of raw.texts ?? []) {
      this.#changeText(id, value ?? '');
    }

    for (const { id, attributes } of raw.attributes ?? []) {
      this.#changeAttributes(id, attributes);
    }

    this.#sendAnew([...judgeAnew(), ...this.#whoseFixedChanged()]);
    this.#writeAdds();
    const placed = new Set(this.#placed);
    this.#writeTexts(placed);
    this.#writeAttributes(placed);
    const { texts, attributes, removes, adds } = this.#safe;
    return texts.length + attributes.length + removes.length + adds.length > 0 ? this.#safe : undefined;
  }

  #remove(node: PageNode | undefined): void {
    if (node) {
      this.#tellRemoved(node);
      this.#noteSheet(node.parent);
      this.#tree.remove(node);
    }
  }

  #tellRemoved(node: PageNode): void {
    if (node.isSent && node.parent) {
      this.#safe.removes.push({
        parentId: node.parent.id,
        id: node.id,
        ...(node.isShadow && { isShadow: true as const }),
      });
    }
  }

  /** A node's parent or its next sibling may come later in the list; what never finds its place is not of this page. */
  #place(adds: readonly { parentId: number; nextId: number | null; node: RawNode }[]): void {
    let waiting = [...adds];
    for (let isLast = false; waiting.length > 0;) {
      const left = waiting.filter((add) => !this.#tryPlace(add, isLast));
      if (left.length === waiting.length) {
        if (isLast) {
          return;
        }

        isLast = true;
      }

      waiting = left;
    }
  }

  #tryPlace(
    { parentId, nextId, node }: { parentId: number; nextId: number | null; node: RawNode },
    anyPlace: boolean,
  ): boolean {
    const parent = this.#tree.find(parentId);
    const next = nextId === null ? undefined : this.#tree.find(nextId);
    if (!parent || (nextId !== null && next?.parent !== parent && !anyPlace)) {
      return false;
    }

    this.#remove(this.#tree.find(node.id));
    this.#placed.push(...this.#tree.insert(node, parent, next?.parent === parent ? next : undefined));
    this.#noteSheet(parent);
    return true;
  }

  #changeText(id: number, value: string): void {
    const node = this.#tree.find(id);
    if (node) {
      node.text = value;
      this.#texts.add(node);
      this.#noteSheet(node.parent);
    }
  }

  /** The text of a style element is its sheet, which rrweb tells as the text of what is inside of it. */
  #noteSheet(node: PageNode | undefined): void {
    if (node?.isStyle !== true || node.tagName !== 'style') {
      return;
    }

    const texts: string[] = [];
    for (let child = node.first; child; child = child.next) {
      texts.push(child.text);
    }

    const text = texts.join('');
    if (text.trim() !== '' || node.first === undefined) {
      node.attributes._cssText = this.#page.sheetOf(node.id) ?? text;
      this.#changedNames(node).add('_cssText');
    }
  }

  #changeAttributes(id: number, attributes: Readonly<Record<string, unknown>>): void {
    const node = this.#tree.find(id);
    if (node?.type !== 2) {
      return;
    }

    if (!this.#fixed.has(node)) {
      this.#fixed.set(node, node.fixed(this.#names, this.#page));
    }

    const names = this.#changedNames(node);
    for (const [name, value] of Object.entries(attributes)) {
      node.attributes[name] = value;
      names.add(name);
    }

    if (names.has('media')) {
      names.add('_cssText');
    }

    this.#tree.latchPassword(node);
  }

  #changedNames(node: PageNode): Set<string> {
    const names = this.#changed.get(node) ?? new Set<string>();
    this.#changed.set(node, names);
    return names;
  }

  *#whoseFixedChanged(): Generator<PageNode> {
    for (const [node, fixed] of this.#fixed) {
      if (node.fixed(this.#names, this.#page) !== fixed) {
        yield node;
      }
    }
  }

  /** Takes nodes away and adds them again with all they hold, so that every text inside is judged by what is around it now. */
  #sendAnew(nodes: readonly PageNode[]): void {
    for (const node of new Set(nodes)) {
      if (this.#tree.find(node.id) !== node || !node.parent) {
        continue;
      }

      this.#tellRemoved(node);
      for (const inside of subtree(node)) {
        inside.isSent = false;
        if (inside.isStyle) {
          inside.attributes._cssText = this.#page.sheetOf(inside.id) ?? inside.attributes._cssText;
        }

        this.#placed.push(inside);
      }
    }
  }

  #writeAdds(): void {
    const written = new Set<PageNode>();
    // A node inside of one that is sent anew comes again behind it: before, its parent is not there.
    for (const node of this.#placed) {
      const { parent } = node;
      if (this.#tree.find(node.id) !== node || written.has(node) || !parent || !this.#tree.canHold(parent)) {
        continue;
      }

      written.add(node);
      const safe = this.#tree.write(node);
      if (safe) {
        this.#safe.adds.push({ parentId: parent.id, nextId: nextSent(node)?.id ?? null, node: safe });
      }
    }
  }

  #writeTexts(placed: ReadonlySet<PageNode>): void {
    for (const node of this.#texts) {
      const before = node.sentText;
      if (node.type === 3 && node.isSent && !placed.has(node) && node.writeText(this.#page) !== before) {
        this.#safe.texts.push({ id: node.id, value: node.sentText });
      }
    }
  }

  #writeAttributes(placed: ReadonlySet<PageNode>): void {
    for (const [node, names] of this.#changed) {
      if (!node.isSent || placed.has(node)) {
        continue;
      }

      const attributes: Record<string, string | null> = {};
      for (const name of [...names].sort()) {
        const value = node.writeChange(name, this.#names, this.#page);
        if (value !== undefined) {
          attributes[name] = value;
        }
      }

      if (Object.keys(attributes).length > 0) {
        this.#safe.attributes.push({ id: node.id, attributes });
      }
    }
  }
}

/** The next sibling that the other side has, in the same tree. */
function nextSent(node: PageNode): PageNode | undefined {
  let next = node.next;
  while (next && !(next.isSent && next.isShadow === node.isShadow)) {
    next = next.next;
  }

  return next;
}
