// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Call, callOf } from '../src/callbacks/Call';
import { CallStore } from '../src/callbacks/CallStore';
import { Keep } from '../src/stores/Keep';
import { FakeHub } from './fakeHub';
import { callback, settle } from './fixtures';

beforeEach(() => {
  sessionStorage.clear();
});

function open(hub = new FakeHub()) {
  const onSaved = vi.fn<(call: Call | undefined) => void>();
  const onRefused = vi.fn<(call: Call | undefined, code: string) => void>();
  const keep = new Keep(() => sessionStorage, 'test.');
  const calls = new CallStore({
    hub,
    keep,
    onSaved,
    onRefused,
    wait: () => new Promise((resolve) => setTimeout(resolve)),
  });
  return { hub, calls, onSaved, onRefused };
}

function facts(number = 1) {
  return callOf(callback(number)) ?? fail();
}

describe('an outcome', () => {
  test('is sent once with the note, and kept with what happens next', async () => {
    const { hub, calls, onSaved } = open();
    hub.connect();
    hub.answer('CompleteCallback', () => ({ state: 'scheduled', nextAttemptAt: '2026-11-21T21:00:00Z' }));
    calls.put(facts());
    calls.write('contact1', ' rang for a minute ');
    calls.complete('contact1', 'no_answer');
    calls.complete('contact1', 'reached');
    await settle();
    expect(hub.requests('CompleteCallback')).toMatchObject([
      { contactId: 'contact1', outcome: 'no_answer', note: 'rang for a minute' },
    ]);
    expect(onSaved).toHaveBeenCalledOnce();
    expect(calls.find('contact1')?.result).toEqual({
      outcome: 'no_answer',
      state: 'scheduled',
      nextAttemptAt: '2026-11-21T21:00:00Z',
    });
  });

  test('without a note has none', async () => {
    const { hub, calls } = open();
    hub.connect();
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    calls.put(facts());
    calls.complete('contact1', 'reached');
    await settle();
    expect(hub.requests('CompleteCallback')[0]).not.toHaveProperty('note');
  });

  test('whose answer was lost is sent again with the same id', async () => {
    const { hub, calls, onSaved } = open();
    hub.connect();
    hub.swallow('CompleteCallback');
    calls.put(facts());
    calls.complete('contact1', 'reached');
    hub.disconnect();
    await settle();
    expect(calls.outcomes.has('contact1')).toBe(true);
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    hub.connect();
    calls.outcomes.connected();
    await settle();
    const requests = hub.requests('CompleteCallback');
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
    expect(onSaved).toHaveBeenCalledOnce();
    expect(calls.outcomes.has('contact1')).toBe(false);
  });

  test('chosen without a connection goes out when it is back', async () => {
    const { hub, calls } = open();
    calls.put(facts());
    calls.complete('contact1', 'busy');
    await settle();
    expect(hub.requests('CompleteCallback')).toHaveLength(0);
    hub.answer('CompleteCallback', () => ({ state: 'scheduled' }));
    hub.connect();
    calls.outcomes.connected();
    await settle();
    expect(calls.find('contact1')?.result?.outcome).toBe('busy');
  });

  test('is tried again while the server cannot reach its store', async () => {
    const { hub, calls, onRefused } = open();
    hub.connect();
    hub.refuse('CompleteCallback', 'unavailable');
    calls.put(facts());
    calls.complete('contact1', 'reached');
    await expect.poll(() => hub.requests('CompleteCallback').length).toBeGreaterThan(2);
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    await expect.poll(() => calls.find('contact1')?.result?.state).toBe('closed');
    expect(new Set(hub.requests('CompleteCallback').map((request) => request.requestId)).size).toBe(1);
    expect(onRefused).not.toHaveBeenCalled();
  });

  test('that the server refuses is given up and said', async () => {
    const { hub, calls, onRefused } = open();
    hub.connect();
    hub.refuse('CompleteCallback', 'stale');
    calls.put(facts());
    calls.complete('contact1', 'reached');
    await settle();
    expect(onRefused).toHaveBeenCalledWith(calls.find('contact1'), 'stale');
    expect(calls.find('contact1')).toMatchObject({ problem: 'stale', result: undefined });
    expect(calls.outcomes.has('contact1')).toBe(false);
  });

  test('survives a reload, with what was being written and when the agent began to dial', async () => {
    const first = open();
    first.calls.put(facts());
    first.calls.dial('contact1', 1_000);
    first.calls.write('contact1', 'half a');
    expect(open().calls.put(facts())).toMatchObject({ dialedAt: 1_000, note: 'half a' });
    first.calls.complete('contact1', 'voicemail');

    const second = open();
    second.hub.answer('CompleteCallback', () => ({ state: 'scheduled' }));
    second.hub.connect();
    second.calls.outcomes.connected();
    await settle();
    expect(second.hub.requests('CompleteCallback')).toMatchObject([{ outcome: 'voicemail', note: 'half a' }]);
    expect(second.onSaved).toHaveBeenCalledWith(undefined);
  });

  test('keeps no number in the browser', () => {
    const { calls } = open();
    calls.put(facts());
    calls.dial('contact1', 1_000);
    calls.complete('contact1', 'reached');
    expect(JSON.stringify(Object.values(sessionStorage))).not.toContain('612345678');
  });
});

describe('a call that had an outcome', () => {
  test('begins anew when it is this agent’s again', async () => {
    const { hub, calls } = open();
    hub.connect();
    hub.answer('CompleteCallback', () => ({ state: 'scheduled' }));
    calls.put(facts());
    calls.dial('contact1', 1_000);
    calls.write('contact1', 'no luck');
    calls.complete('contact1', 'no_answer');
    await settle();
    expect(calls.put(facts())).toMatchObject({ dialedAt: undefined, note: '', result: undefined });
  });
});

function fail(): never {
  throw new Error('It is no call-back.');
}
