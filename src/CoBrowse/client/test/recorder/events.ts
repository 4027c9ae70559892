import type { SafeEvent, SafeMutation, SafeNode } from '../../src/recorder/sanitizing/events';

export type Increment = Extract<SafeEvent, { type: 3 }>;

/** A page of so many paragraphs, as the sanitizer gives it. */
export function keyframe(paragraphs = 1): SafeEvent[] {
  const element = (id: number, tagName: string, ...childNodes: SafeNode[]): SafeNode => ({
    ...{ type: 2, id, tagName, attributes: { class: '_abcdefgh' } },
    childNodes,
  });
  const body = Array.from({ length: paragraphs }, (_, index) =>
    element(10 + 2 * index, 'p', { type: 3, id: 11 + 2 * index, textContent: `Ünïcode • “${index}”` }),
  );
  const node: SafeNode = {
    ...{ type: 0, id: 1, compatMode: 'BackCompat' },
    childNodes: [
      { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
      element(3, 'html', element(4, 'head'), element(5, 'body', ...body)),
    ],
  };
  return [
    { type: 4, data: { href: '', width: 800, height: 600 }, timestamp: 1 },
    { type: 2, data: { node, initialOffset: { left: 0, top: 7 } }, timestamp: 2 },
  ];
}

export function mutation(change: Partial<SafeMutation>, timestamp = 3): Increment {
  return { type: 3, data: { source: 0, removes: [], adds: [], texts: [], attributes: [], ...change }, timestamp };
}

export function scroll(id: number, y: number): Increment {
  return { type: 3, data: { source: 3, id, x: 0, y }, timestamp: 3 };
}

/** Of a paragraph with a text of so many characters. */
export function added(id: number, length = 0): Increment {
  const node: SafeNode = { type: 3, id, textContent: 'x'.repeat(length) };
  return mutation({ adds: [{ parentId: 5, nextId: null, node }] });
}
