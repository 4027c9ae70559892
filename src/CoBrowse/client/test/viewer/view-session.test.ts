import { beforeEach, describe, expect, it } from 'vitest';
import { readMessage, type FromViewer, type ViewState } from '../../src/viewer/messages';
import { ViewSession } from '../../src/viewer/view-session';
import { packed } from './packed';

describe('ViewSession', () => {
  let now: number;
  let said: FromViewer[];
  let screen: string[];
  let breaks: boolean;
  let session: ViewSession;
  const event = { type: 3, timestamp: 1_000, data: { source: 3, id: 1, x: 0, y: 0 } };
  const frame = (seq: number, keyframe = false): void => {
    session.take(packed(seq, keyframe, [event]));
  };
  const enter = (state: ViewState): void => {
    session.take({ type: 'state', state });
  };
  const types = (): string[] => said.filter(({ type }) => type !== 'figures').map(({ type }) => type);

  beforeEach(() => {
    [now, said, screen, breaks] = [1_000_000, [], [], false];
    session = new ViewSession(
      {
        show: () => {
          if (breaks) {
            throw new Error('broken');
          }

          screen.push('show');
        },
        apply: () => screen.push('apply'),
        blank: () => screen.push('blank'),
        veil: (state) => screen.push(state),
        movePointer: () => screen.push('pointer'),
      },
      (message) => said.push(message),
      () => now,
    );
  });

  it('tells what is on the screen', () => {
    enter('live');
    frame(1, true);
    frame(2);
    expect(screen).toEqual(['waiting', 'show', 'live', 'apply']);
    expect(said.filter(({ type }) => type === 'shown')).toEqual([
      { type: 'shown', seq: 1 },
      { type: 'shown', seq: 2 },
    ]);
  });

  it.each(['paused', 'private', 'ended'] as const)('is blank at once when %s, and for what was on its way', (state) => {
    enter('live');
    frame(1, true);
    enter(state);
    frame(2);
    frame(3, true);
    session.take({ type: 'pointer', x: 1, y: 1, scrollX: 0, scrollY: 0 });
    expect(screen.slice(3)).toEqual(['blank', state]);
    expect(types()).toEqual(['shown']);
  });

  it('keeps the page of a customer who is away', () => {
    enter('live');
    frame(1, true);
    enter('away');
    expect(screen.slice(3)).toEqual(['away']);
  });

  it('shows no empty page of a customer who is away', () => {
    enter('away');
    expect(screen).toEqual(['absent']);
    breaks = true;
    frame(1, true);
    expect(screen).toEqual(['absent', 'blank', 'absent']);
  });

  it('never comes back from the end', () => {
    enter('ended');
    enter('live');
    frame(1, true);
    expect(screen).toEqual(['blank', 'ended']);
  });

  it('asks for a page that it does not have, not too often', () => {
    enter('live');
    frame(5);
    expect(types()).toEqual([]);
    now += 2_000;
    frame(6);
    frame(7);
    session.tick();
    expect(said).toEqual([{ type: 'keyframeWanted', seq: 0, reason: 'gap' }]);
    now += 2_000;
    session.tick();
    expect(types()).toEqual(['keyframeWanted', 'keyframeWanted']);
  });

  it('asks for another page when one cannot be built', () => {
    enter('live');
    now += 2_000;
    breaks = true;
    frame(1, true);
    expect(said).toEqual([{ type: 'keyframeWanted', seq: 0, reason: 'unreadable' }]);
  });

  it('has words in the place of a page that failed, at once or just after it was built', () => {
    enter('live');
    frame(1, true);
    breaks = true;
    frame(2, true);
    expect(screen.slice(-2)).toEqual(['blank', 'waiting']);
    breaks = false;
    frame(3, true);
    session.fail();
    expect(screen.slice(-4)).toEqual(['show', 'live', 'blank', 'waiting']);
    frame(4);
    expect(screen.at(-1)).toBe('waiting');
  });

  it('keeps a page of which only a change failed', () => {
    enter('live');
    frame(1, true);
    frame(2);
    now += 2_000;
    session.fail();
    expect(screen.at(-1)).toBe('apply');
    expect(types()).toEqual(['shown', 'shown', 'keyframeWanted']);
  });

  it('asks every two seconds at most, and until it has a page', () => {
    enter('live');
    frame(1, true);
    now += 2_000;
    session.fail();
    frame(2, true);
    frame(3);
    session.fail();
    session.tick();
    expect(types()).toEqual(['shown', 'keyframeWanted', 'shown', 'shown']);
    now += 2_000;
    session.tick();
    expect(types().slice(4)).toEqual(['keyframeWanted']);
    now += 2_000;
    frame(4, true);
    session.tick();
    expect(types().slice(5)).toEqual(['shown']);
  });

  it('acknowledges what is sent again, after a connection was lost', () => {
    enter('live');
    frame(1, true);
    frame(2);
    const before = said.length;
    frame(1, true);
    frame(2);
    expect(said.slice(before)).toEqual([
      { type: 'shown', seq: 2 },
      { type: 'shown', seq: 2 },
    ]);
    expect(screen).toEqual(['waiting', 'show', 'live', 'apply']);
  });

  it('says again what is shown while nothing comes, as its word may have been lost', () => {
    enter('live');
    frame(1, true);
    now += 4_000;
    session.tick();
    expect(types()).toEqual(['shown']);
    now += 1_000;
    session.tick();
    session.tick();
    expect(types()).toEqual(['shown', 'shown']);
  });

  it('takes the page that came too early once more', () => {
    frame(1, true);
    frame(2);
    enter('live');
    frame(1, true);
    frame(2);
    expect(screen).toEqual(['waiting', 'show', 'live', 'apply']);
    expect(said.filter(({ type }) => type === 'shown')).toHaveLength(2);
  });

  it('tells how late the page is, counted from the quickest delivery', () => {
    enter('live');
    frame(1, true); // The customer's clock is 999,000 ms behind.
    now += 1_300;
    session.take(packed(2, false, [{ ...event, timestamp: 2_000 }]));
    expect(said.filter(({ type }) => type === 'figures').at(-1)).toEqual({
      type: 'figures',
      delay: 300,
      apply: 0,
      quiet: 0,
    });
  });
});

describe('readMessage', () => {
  it.each([
    { type: 'open', version: 1, language: 'nl' },
    { type: 'frames', frames: [{ seq: 1, keyframe: true, part: 0, parts: 1, data: new Uint8Array(1) }] },
    { type: 'page', path: '/help', viewport: { width: 390, height: 844 } },
    { type: 'pointer', x: 1, y: -1, scrollX: 0, scrollY: 10 },
    { type: 'state', state: 'paused' },
    { type: 'tool', tool: 'highlight' },
    { type: 'scheme', scheme: 'dark' },
  ])('reads $type', (message) => {
    expect(readMessage(message)).toEqual(message);
  });

  it.each([
    null,
    'open',
    {},
    { type: 'open', version: '1' },
    { type: 'frames', frames: [{ seq: 0, keyframe: true, part: 0, parts: 1, data: new Uint8Array(1) }] },
    { type: 'frames', frames: [{ seq: 1, keyframe: true, part: 1, parts: 1, data: new Uint8Array(1) }] },
    { type: 'frames', frames: [{ seq: 1, keyframe: true, part: 0, parts: 1, data: 'AA==' }] },
    { type: 'pointer', x: Number.NaN, y: 0, scrollX: 0, scrollY: 0 },
    { type: 'state', state: 'Live' },
    { type: 'scheme', scheme: 'sepia' },
    { type: 'click', x: 1, y: 1 },
  ])('does not read %j', (message) => {
    expect(readMessage(message)).toBeUndefined();
  });
});
