import { describe, expect, test } from 'vitest';
import { CallError } from '@copilot/contracts';
import { Refresher } from '../src/app/Refresher';
import { settle } from './fixtures';

/** A question whose answers the test gives one by one. */
function setUp() {
  const waiting: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const applied: string[] = [];
  const refresher = new Refresher<string>(
    () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
    (answer) => applied.push(answer),
    () => Promise.resolve(),
  );
  return { waiting, applied, refresher };
}

describe('Refresher', () => {
  test('asks nothing without a connection', async () => {
    const { waiting, refresher } = setUp();
    refresher.request();
    await settle();
    expect(waiting).toHaveLength(0);
  });

  test('never asks twice at a time, and asks again for what came meanwhile', async () => {
    const { waiting, applied, refresher } = setUp();
    refresher.open();
    refresher.request();
    refresher.request();
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve('old');
    await settle();
    waiting[1]?.resolve('new');
    await settle();
    expect(applied).toEqual(['new']);
    expect(waiting).toHaveLength(2);
  });

  test('throws an answer away that may be older than what was pushed', async () => {
    const { waiting, applied, refresher } = setUp();
    refresher.open();
    refresher.touch();
    waiting[0]?.resolve('before the offer');
    await settle();
    expect(applied).toEqual([]);
    expect(waiting).toHaveLength(2);
  });

  test('tries again when the store is out of reach, and gives up on a fault', async () => {
    const { waiting, refresher } = setUp();
    refresher.open();
    waiting[0]?.reject(new CallError({ code: 'unavailable', text: '' }));
    await settle();
    expect(waiting).toHaveLength(2);
    waiting[1]?.reject(new CallError({ code: 'internal', text: '' }));
    await settle();
    expect(waiting).toHaveLength(2);
  });
});
