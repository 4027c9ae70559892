// @vitest-environment jsdom
// @vitest-environment-options {"url": "https://shop.example/help"}
import { type CoBrowseHubCalls, ErrorCodes, type Frame, type HubError } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PageCapture } from '../../src/recorder/page-capture';
import type { RecordingOptions } from '../../src/recorder/record-page';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import { ScopePolicy } from '../../src/scope/scope-policy';
import type { CaptureEnd, CaptureSession } from '../../src/session/capture';
import { FrameStream } from '../../src/viewer/frame-stream';
import { FakeHub, refuse, SCOPE } from '../session/fake-hub';
import { added, keyframe, mutation, scroll } from './events';

/** What the server got of one frame after the other. */
interface Told {
  readonly seq: number;
  readonly keyframe: boolean;
  readonly events: SafeEvent[];
}

/** Stands for the recorder in the page. */
class FakeRecorder {
  readonly running = new Set<RecordingOptions>();
  snapshots = 0;
  page: () => SafeEvent[] = () => keyframe();

  record = (options: RecordingOptions) => {
    const snapshot = () => {
      this.snapshots += 1;
      if (options.mayRecord()) {
        this.page().forEach(options.emit);
      }
    };
    this.running.add(options);
    snapshot();
    return { takeSnapshot: snapshot, nodeOf: () => document.body, stop: () => this.running.delete(options) };
  };

  emit(...events: SafeEvent[]): void {
    for (const options of this.running) {
      events.forEach((event) => {
        if (options.mayRecord()) {
          options.emit(structuredClone(event));
        }
      });
    }
  }
}

describe('the capture of a page', () => {
  let hub: FakeHub;
  let recorder: FakeRecorder;
  let capture: PageCapture;
  let session: CaptureSession;
  let said: (CaptureEnd | HubError | 'publishing')[];

  const collected = () => vi.advanceTimersByTimeAsync(100);
  const pieces = () =>
    hub.calls.flatMap(({ method, request }) => (method === 'PublishFrames' ? (request['frames'] as Frame[]) : []));
  /** By the viewer's own reader: what it cannot read is a gap. */
  const told = (): Told[] => {
    const stream = new FrameStream();
    return pieces().flatMap(({ data, ...piece }) => {
      const taken = stream.take({ ...piece, data: Uint8Array.from(atob(data), (char) => char.charCodeAt(0)) });
      expect(taken.kind).not.toBe('unreadable');
      return taken.kind === 'frame' ? [{ ...taken, events: taken.events as SafeEvent[] }] : [];
    });
  };
  /** Calls wait for their answers until they are given some. */
  const holdAnswers = () => {
    const waiting: (() => void)[] = [];
    hub.answers.PublishFrames = () => new Promise<void>((resolve) => waiting.push(resolve));
    return {
      waiting,
      answer: async (count = waiting.length) => {
        waiting.splice(0, count).forEach((resolve) => {
          resolve();
        });
        await vi.advanceTimersByTimeAsync(0);
      },
    };
  };
  const large = () => keyframe(20_000);
  const live = async () => {
    capture.start(session);
    await collected();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    history.replaceState(null, '', '/help');
    hub = new FakeHub();
    hub.connect();
    recorder = new FakeRecorder();
    capture = new PageCapture(recorder.record);
    said = [];
    session = {
      sessionId: 's1',
      hub,
      scope: new ScopePolicy(SCOPE),
      shownSelectors: [],
      nextSeq: 7,
      onPublishing: () => said.push('publishing'),
      onOver: (reason) => said.push(reason),
      onRefused: (error) => said.push(error),
    };
  });

  afterEach(() => {
    capture.stop();
    expect(recorder.running.size).toBe(0);
    vi.useRealTimers();
  });

  test('begins with a keyframe, and not before its start has returned', async () => {
    capture.start(session);
    expect(recorder.snapshots).toBe(0);
    await collected();
    expect(told()).toEqual([{ kind: 'frame', seq: 7, keyframe: true, events: keyframe() }]);
    expect(said).toEqual(['publishing']);
    expect(capture.nodeOf(1)).toBe(document.body);
  });

  test('sends what changes within a moment as one frame', async () => {
    await live();
    recorder.emit(scroll(1, 5), mutation({ texts: [{ id: 11, value: 'a' }] }));
    await vi.advanceTimersByTimeAsync(30);
    recorder.emit(mutation({ texts: [{ id: 11, value: 'b' }] }), scroll(1, 9));
    await collected();
    recorder.emit(added(50));
    await collected();
    expect(told().slice(1)).toMatchObject([
      { seq: 8, keyframe: false, events: [mutation({ texts: [{ id: 11, value: 'b' }] }), scroll(1, 9)] },
      { seq: 9, keyframe: false, events: [added(50)] },
    ]);
  });

  test('sends ten thousand changes as a handful of frames', async () => {
    await live();
    for (let index = 0; index < 10_000; index++) {
      recorder.emit(mutation({ attributes: [{ id: index % 50, attributes: { style: `left:${index}px;` } }] }));
      if (index % 100 === 0) {
        await vi.advanceTimersByTimeAsync(5);
      }
    }
    await collected();
    const frames = told().slice(1);
    expect(frames.length).toBeLessThan(12);
    expect(JSON.stringify(frames.at(-1))).toContain('left:9999px;');
    expect(recorder.snapshots).toBe(1);
  });

  test('has at most eight calls unanswered, and collects meanwhile', async () => {
    const { waiting, answer } = holdAnswers();
    recorder.page = large;
    await live();
    expect(waiting).toHaveLength(8);
    const parts = pieces()[0]?.parts ?? 0;
    expect(parts).toBeGreaterThan(8);
    for (let index = 0; index < 100; index++) {
      recorder.emit(scroll(1, index));
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(waiting).toHaveLength(8);
    await answer(1);
    expect(pieces()).toHaveLength(9);
    while (waiting.length > 0) {
      await answer();
    }
    expect(pieces().map(({ seq, part }) => [seq, part])).toEqual([
      ...Array.from({ length: parts }, (_, part) => [7, part]),
      [8, 0],
    ]);
    expect(told()[1]?.events).toEqual([scroll(1, 99)]);
  });

  test('sends the page anew when more waits than a frame holds', async () => {
    const { waiting, answer } = holdAnswers();
    recorder.page = large;
    await live();
    for (let index = 0; index < 5_000; index++) {
      recorder.emit(added(100_000 + index));
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(recorder.snapshots).toBe(1);
    recorder.page = () => keyframe();
    while (waiting.length > 0) {
      await answer();
    }
    expect(told().map((frame) => [frame.seq, frame.keyframe])).toEqual([
      [7, true],
      [8, true],
    ]);
    recorder.emit(scroll(1, 3));
    await collected();
    expect(told()[2]).toMatchObject({ seq: 9, keyframe: false });
  });

  test('sends the page anew when too much changes while it is read', async () => {
    recorder.page = () => [...keyframe(), ...Array.from({ length: 5_000 }, (_, index) => added(100_000 + index))];
    await live();
    recorder.page = () => keyframe();
    await vi.advanceTimersByTimeAsync(3_000);
    recorder.emit(scroll(1, 3));
    await collected();
    expect(told().map((frame) => frame.keyframe)).toEqual([true, true, false]);
  });

  test('sends the page anew when the server asks, now and then at most', async () => {
    await live();
    hub.emit('KeyframeRequested', { sessionId: 'another' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recorder.snapshots).toBe(1);
    for (let index = 0; index < 100; index++) {
      hub.emit('KeyframeRequested', { sessionId: 's1' });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(recorder.snapshots).toBeGreaterThan(4);
    expect(recorder.snapshots).toBeLessThan(8);
    expect(told().every((frame) => frame.keyframe)).toBe(true);
  });

  test('stops before anything is recorded of a page out of scope, and begins anew behind it', async () => {
    await live();
    recorder.emit(scroll(1, 5));
    history.replaceState(null, '', '/checkout');
    recorder.emit(added(50));
    expect(recorder.running.size).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told()).toHaveLength(1);
    history.replaceState(null, '', '/help');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told()).toMatchObject([
      { seq: 7, keyframe: true },
      { seq: 8, keyframe: true },
    ]);
    expect(recorder.running.size).toBe(1);
  });

  test('sends nothing that was recorded before the page went out of scope', async () => {
    const { answer } = holdAnswers();
    recorder.page = large;
    await live();
    history.replaceState(null, '', '/checkout');
    await answer();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(pieces()).toHaveLength(8);
    expect(recorder.running.size).toBe(0);
  });

  test('records nothing at all of a page that is out of scope when it begins', async () => {
    history.replaceState(null, '', '/checkout');
    await live();
    expect(recorder.snapshots).toBe(0);
  });

  test('records and sends nothing after a pause, whatever was on its way', async () => {
    const { answer } = holdAnswers();
    recorder.page = large;
    await live();
    recorder.emit(scroll(1, 5));
    const before = hub.calls.length;
    capture.pause();
    expect(recorder.running.size).toBe(0);
    await answer();
    hub.emit('KeyframeRequested', { sessionId: 's1' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.calls).toHaveLength(before);
    expect(capture.nodeOf(1)).toBeUndefined();
  });

  test('does not even finish compressing after a pause', async () => {
    recorder.page = () => keyframe(30_000);
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 3));
    capture.start(session);
    await vi.advanceTimersByTimeAsync(2);
    expect(recorder.snapshots).toBe(1);
    capture.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pieces()).toHaveLength(0);
    clock.mockRestore();
  });

  test('goes on after a pause with a keyframe and higher numbers', async () => {
    await live();
    capture.pause();
    capture.start(session);
    await collected();
    capture.pause();
    capture.start({ ...session, nextSeq: 1_048_577 });
    await collected();
    expect(told().map((frame) => [frame.seq, frame.keyframe])).toEqual([
      [7, true],
      [8, true],
      [1_048_577, true],
    ]);
    capture.stop();
    capture.start({ ...session, sessionId: 's2', nextSeq: 1 });
    await collected();
    expect(pieces().at(-1)?.seq).toBe(1);
  });

  test('waits when the server says so, and goes on with a keyframe', async () => {
    await live();
    hub.answers.PublishFrames = refuse(ErrorCodes.rateLimited, 5_000);
    recorder.emit(scroll(1, 5));
    await collected();
    hub.answers = {};
    recorder.emit(scroll(1, 6));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(recorder.snapshots).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(pieces().at(-1)).toMatchObject({ seq: 9, keyframe: true });
    expect(said).toEqual(['publishing']);
  });

  test('asks less and less often while the server is out of its stores', async () => {
    hub.answers.PublishFrames = refuse(ErrorCodes.unavailable);
    await live();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(recorder.snapshots).toBeGreaterThan(3);
    expect(recorder.snapshots).toBeLessThan(8);
  });

  test.each([ErrorCodes.stale, ErrorCodes.conflict, ErrorCodes.closed, ErrorCodes.notFound])(
    'stops when the server answers %s',
    async (code) => {
      await live();
      hub.answers.PublishFrames = refuse(code);
      recorder.emit(scroll(1, 5));
      await collected();
      expect(said).toEqual(['publishing', expect.objectContaining({ code })]);
      expect(recorder.running.size).toBe(0);
      const before = hub.calls.length;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(hub.calls).toHaveLength(before);
    },
  );

  test('goes on with the whole page after the recorder has failed', async () => {
    await live();
    for (const options of recorder.running) {
      options.onError(new Error('Inside of the recorder.'));
    }
    recorder.emit(scroll(1, 5));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told().map((frame) => frame.keyframe)).toEqual([true, true]);
  });

  test('gives up a page of which the recorder fails again and again', async () => {
    await live();
    recorder.page = () => {
      throw new Error('Inside of the recorder.');
    };
    hub.emit('KeyframeRequested', { sessionId: 's1' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['publishing', 'capture_failed']);
    expect(recorder.running.size).toBe(0);
  });

  test('gives up a page that it cannot begin to record', async () => {
    capture = new PageCapture(() => {
      throw new Error('Inside of the recorder.');
    });
    await live();
    expect(said).toEqual(['capture_failed']);
  });

  test('gives up a page that is too large, also when only its frame is', async () => {
    recorder.page = () => keyframe(120_000);
    await live();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['page_too_large']);
    expect(pieces()).toEqual([]);
    expect(recorder.running.size).toBe(0);

    said = [];
    recorder.page = () => keyframe();
    await live();
    for (const options of [...recorder.running]) {
      options.onTooLarge();
    }
    expect(said).toEqual(['publishing', 'page_too_large']);
  });

  test('calls the hub only to publish', async () => {
    await live();
    recorder.emit(scroll(1, 5));
    await collected();
    const used: (keyof CoBrowseHubCalls)[] = ['PublishFrames'];
    expect(new Set(hub.methods)).toEqual(new Set(used));
  });
});
