import { expect, test, vi } from 'vitest';
import type { CaptureSession } from '../../src/session/capture';
import { LazyCapture } from '../../src/session/lazy-capture';
import { FakeCapture } from './fake-capture';

const nobody = () => Promise.reject(new Error('no network'));

/** What is fetched when the test says so, without a wait between the tries. */
function lazy(...answers: (() => Promise<FakeCapture>)[]) {
  const attempts: number[] = [];
  const waits: number[] = [];
  const capture = new LazyCapture(
    (attempt) => {
      attempts.push(attempt);
      return (answers.shift() ?? nobody)();
    },
    (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  );
  const onOver = vi.fn();
  const session = { onOver, onPublishing: () => undefined } as unknown as CaptureSession;
  return { capture, attempts, waits, session, onOver };
}

const done = () => new Promise<void>((resolve) => setTimeout(resolve));

test('fetches once, however often it is asked for, and starts what was asked for last', async () => {
  const recorder = new FakeCapture();
  const { capture, attempts, session } = lazy(() => Promise.resolve(recorder));
  capture.prepare();
  capture.start(session);
  capture.prepare();
  await done();
  expect(attempts).toEqual([0]);
  expect(recorder.told).toEqual(['start']);
  capture.pause();
  capture.start(session);
  capture.stop();
  expect(recorder.told).toEqual(['start', 'pause', 'start', 'stop']);
});

test.each(['pause', 'stop'] as const)('starts nothing after a %s that came while it was fetched', async (over) => {
  const recorder = new FakeCapture();
  const { capture, session, onOver } = lazy(() => Promise.resolve(recorder));
  capture.start(session);
  capture[over]();
  await done();
  expect(recorder.told).toEqual([]);
  expect(onOver).not.toHaveBeenCalled();
});

test('tries three times, each under another number, and then says so', async () => {
  const { capture, attempts, waits, session, onOver } = lazy();
  capture.start(session);
  await done();
  expect(attempts).toEqual([0, 1, 2]);
  expect(waits).toEqual([0, 1_000, 4_000]);
  expect(onOver).toHaveBeenCalledExactlyOnceWith('capture_failed');
});

test('a later start tries again where it left off, and goes on with what it gets', async () => {
  const recorder = new FakeCapture();
  const { capture, attempts, session, onOver } = lazy(nobody, nobody, nobody, () => Promise.resolve(recorder));
  capture.prepare();
  await done();
  expect(onOver).not.toHaveBeenCalled();
  capture.start(session);
  await done();
  expect(attempts).toEqual([0, 1, 2, 3]);
  expect(recorder.told).toEqual(['start']);
});
