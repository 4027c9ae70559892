import type { SafeEvent, SafeNode } from '../sanitizing/events';

/** Long enough for few steps, short enough that none of them is felt. */
const CHUNK_UNITS = 16_384;

interface Open {
  readonly children: readonly SafeNode[];
  next: number;
}

/** Writes events as a frame holds them, a chunk at a time: a page of thousands of elements is not written in one go. */
export function* frameJson(events: readonly SafeEvent[]): Generator<string> {
  let text = '[';
  for (const [index, event] of events.entries()) {
    text += index === 0 ? '' : ',';
    if (event.type === 2) {
      const { node, initialOffset } = event.data;
      for (const part of treeJson(node, `${text}{"type":2,"data":{"node":`)) {
        yield part;
      }
      text = `,"initialOffset":${JSON.stringify(initialOffset)}},"timestamp":${event.timestamp}}`;
    } else {
      text += JSON.stringify(event);
    }
    if (text.length > CHUNK_UNITS) {
      yield text;
      text = '';
    }
  }
  yield `${text}]`;
}

/** Without recursion: a generator's yield goes through every one that it was called by. */
function* treeJson(root: SafeNode, before: string): Generator<string> {
  const open: Open[] = [];
  let text = before + begin(root, open);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = top.children[top.next];
    if (child === undefined) {
      open.pop();
      text += ']}';
      continue;
    }
    text += top.next === 0 ? '' : ',';
    top.next += 1;
    text += begin(child, open);
    if (text.length > CHUNK_UNITS) {
      yield text;
      text = '';
    }
  }
  yield text;
}

/** A node up to its children, which are the last of its fields; all of it when it can have none. */
function begin(node: SafeNode, open: Open[]): string {
  if (!('childNodes' in node)) {
    return JSON.stringify(node);
  }
  const { childNodes, ...own } = node;
  open.push({ children: childNodes, next: 0 });
  return `${JSON.stringify(own).slice(0, -1)},"childNodes":[`;
}
