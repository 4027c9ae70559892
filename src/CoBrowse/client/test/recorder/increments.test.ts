import { describe, expect, it } from 'vitest';
import { Increments } from '../../src/recorder/frames/increments';
import { added, type Increment, mutation, scroll } from './events';

const sheet: Increment = {
  type: 3,
  data: { source: 8, id: 4, adds: [{ rule: 'p{color:red;}', index: 0 }] },
  timestamp: 3,
};

function taken(...events: Increment[]): unknown[] {
  const increments = new Increments();
  for (const event of events) {
    increments.add(event);
  }
  return increments.take().map(({ data }) => data);
}

describe('Increments', () => {
  it('keep the last of each text and attribute, in the order of the wire', () => {
    const [data, ...more] = taken(
      mutation({ attributes: [{ id: 3, attributes: { style: 'left:1px;' } }] }),
      mutation({ texts: [{ id: 11, value: 'a' }] }),
      mutation({
        attributes: [{ id: 3, attributes: { class: '_abcdefgh', style: null } }],
        texts: [{ id: 11, value: 'b' }],
      }),
    );
    expect(more).toEqual([]);
    expect(JSON.stringify(data)).toBe(
      '{"source":0,"removes":[],"adds":[],"texts":[{"id":11,"value":"b"}],"attributes":[{"id":3,"attributes":{"class":"_abcdefgh","style":null}}]}',
    );
  });

  it('write changes of what is new into its mutation', () => {
    expect(taken(added(9), mutation({ texts: [{ id: 9, value: 'b' }] }))).toMatchObject([
      { adds: [{ node: { id: 9 } }], texts: [{ id: 9, value: 'b' }] },
    ]);
  });

  it('never write into a mutation from before what may have changed the tree or a sheet', () => {
    const change = mutation({ texts: [{ id: 11, value: 'b' }] });
    const first = mutation({ texts: [{ id: 11, value: 'a' }] });
    expect(taken(first, mutation({ removes: [{ parentId: 5, id: 10 }] }), change)).toHaveLength(2);
    expect(taken(first, sheet, structuredClone(change))).toHaveLength(3);
  });

  it('keep how far something is scrolled last, behind what came before it', () => {
    expect(taken(scroll(1, 10), scroll(2, 5), added(9), scroll(1, 20))).toMatchObject([
      { source: 3, id: 2, y: 5 },
      { source: 0 },
      { source: 3, id: 1, y: 20 },
    ]);
  });

  it('make one event of ten thousand changes of the same few things', () => {
    const increments = new Increments();
    for (let index = 0; index < 10_000; index++) {
      increments.add(mutation({ attributes: [{ id: index % 3, attributes: { style: `left:${index}px;` } }] }));
      increments.add(scroll(1, index));
      expect(increments.isTooMuch && index < 4_000).toBe(false);
    }
    expect(increments.take()).toHaveLength(2);
  });

  it('are too much when they are more than a frame may hold', () => {
    const many = new Increments();
    for (let index = 0; index <= 4_096; index++) {
      expect(many.isTooMuch).toBe(false);
      many.add(added(index));
    }
    expect(many.isTooMuch).toBe(true);
    many.clear();
    expect(many.isEmpty && !many.isTooMuch).toBe(true);

    const large = new Increments();
    for (let index = 0; index < 70; index++) {
      large.add(added(index, 16_000));
    }
    expect(large.isTooMuch).toBe(true);
  });

  it('do not count what was replaced', () => {
    const increments = new Increments();
    for (let index = 0; index < 1_000; index++) {
      increments.add(mutation({ texts: [{ id: 1, value: 'x'.repeat(16_000) }] }));
      increments.add(mutation({ attributes: [{ id: 2, attributes: { style: 'y'.repeat(8_000) } }] }));
    }
    expect(increments.isTooMuch).toBe(false);
  });
});
