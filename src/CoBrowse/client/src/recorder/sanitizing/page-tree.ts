import { PageTooLargeError, type RawNode, type SafeNode } from './events';
import type { Names } from './names';
import type { PageKnowledge } from './page-knowledge';
import { PageNode } from './page-node';
import { limits } from './rules';

/** The page as the recorder saw it last, with what is never sent: the places of the rest depend on it. */
export class PageTree {
  readonly #nodes = new Map<number, PageNode>();
  readonly #names: Names;
  readonly #page: PageKnowledge;

  /** Ids of what was a password field once, kept from snapshot to snapshot. */
  readonly #passwords: Set<number>;

  constructor(names: Names, page: PageKnowledge, passwords: Set<number>) {
    this.#names = names;
    this.#page = page;
    this.#passwords = passwords;
  }

  find(id: number): PageNode | undefined {
    return this.#nodes.get(id);
  }

  findSent(id: number): PageNode | undefined {
    const node = this.#nodes.get(id);
    return node?.isSent === true ? node : undefined;
  }

  /** Puts a node and what it brings along before another of its parent, or last; answers all of them, parents first. */
  insert(raw: RawNode, parent: PageNode | undefined, before: PageNode | undefined): PageNode[] {
    const inserted: PageNode[] = [];
    this.#insert(raw, parent, before, depthOf(parent), inserted);
    return inserted;
  }

  #insert(
    raw: RawNode,
    parent: PageNode | undefined,
    before: PageNode | undefined,
    depth: number,
    inserted: PageNode[],
  ): void {
    if (depth > limits.depth || this.#nodes.size >= limits.nodes) {
      throw new PageTooLargeError();
    }

    const node = new PageNode(raw, parent);
    this.#nodes.set(node.id, node);
    this.latchPassword(node);
    if (parent) {
      link(node, parent, before);
    }

    inserted.push(node);
    for (const child of raw.childNodes ?? []) {
      this.#insert(child, node, undefined, depth + 1, inserted);
    }
  }

  /** An input that was a password field once stays one, whatever the page makes of it to show what was typed. */
  latchPassword(node: PageNode): void {
    if (this.#passwords.has(node.id) || node.isPassword) {
      this.#passwords.add(node.id);
      node.wasPassword = true;
    }
  }

  remove(node: PageNode): void {
    const { parent, previous, next } = node;
    if (previous) {
      previous.next = next;
    } else if (parent) {
      parent.first = next;
    }

    if (next) {
      next.previous = previous;
    } else if (parent) {
      parent.last = previous;
    }

    this.#forget(node);
  }

  /** Writes a node and all below it, and notes what goes. Sheets and styles for which there is no more room are left out. */
  writeAll(node: PageNode): SafeNode | undefined {
    let room = limits.cssUnits;
    return this.#writeAll(node, (units) => {
      const mayTake = units <= room;
      room -= mayTake ? units : 0;
      return mayTake;
    });
  }

  #writeAll(node: PageNode, mayTake: (units: number) => boolean): SafeNode | undefined {
    const written = this.write(node, mayTake);
    if (written && 'childNodes' in written && node.holdsChildren(this.#names, this.#page)) {
      for (let child = node.first; child; child = child.next) {
        const inside = this.#writeAll(child, mayTake);
        if (inside) {
          written.childNodes.push(inside);
        }
      }
    }

    return written;
  }

  /** Writes a node alone, and notes that it goes. */
  write(node: PageNode, mayTake: (units: number) => boolean = () => true): SafeNode | undefined {
    const written = node.write(this.#names, this.#page, mayTake);
    // The document holds elements and its type, and the rest hangs below something that holds it.
    const belongs = node.parent
      ? node.parent.isSent && (node.parent.type !== 0 || written?.type !== 3)
      : node.type === 0;
    node.isSent = written !== undefined && belongs;
    return node.isSent ? written : undefined;
  }

  canHold(node: PageNode): boolean {
    return node.isSent && node.holdsChildren(this.#names, this.#page);
  }

  #forget(node: PageNode): void {
    this.#nodes.delete(node.id);
    node.isSent = false;
    for (let child = node.first; child; child = child.next) {
      this.#forget(child);
    }
  }
}

/** All of a subtree, parents first. */
export function* subtree(node: PageNode): Generator<PageNode> {
  yield node;
  for (let child = node.first; child; child = child.next) {
    yield* subtree(child);
  }
}

function link(node: PageNode, parent: PageNode, before: PageNode | undefined): void {
  node.next = before;
  node.previous = before ? before.previous : parent.last;
  if (node.previous) {
    node.previous.next = node;
  } else {
    parent.first = node;
  }

  if (before) {
    before.previous = node;
  } else {
    parent.last = node;
  }
}

function depthOf(parent: PageNode | undefined): number {
  let depth = 1;
  for (let node = parent; node; node = node.parent) {
    depth++;
  }

  return depth;
}
