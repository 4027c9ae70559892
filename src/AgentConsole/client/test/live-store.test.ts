import { CallError } from '@copilot/contracts';
import { describe, expect, test, vi } from 'vitest';
import { chosenLine, isOld, LiveStore } from '../src/supervision/LiveStore';
import { settle } from './fixtures';
import { ago, line, liveHub, overview, waiting } from './liveFixtures';

async function opened(...given: Parameters<typeof liveHub>) {
  const { hub, site } = liveHub(...given);
  hub.connect();
  const wait = vi.fn(() => Promise.resolve());
  const live = new LiveStore(hub, wait);
  live.open();
  await settle();
  return { hub, site, live, wait };
}

describe('the live figures', () => {
  test('are asked for once, and then pushed', async () => {
    const { hub, live } = await opened();
    expect(live.state.get()).toMatchObject({ isWatched: true, problem: undefined });
    const pushed = overview({ lines: [line('orders', { waiting: 3 })] });
    hub.emit('SiteOverviewChanged', pushed);
    expect(live.state.get().overview).toBe(pushed);
    expect(hub.requests('WatchSite')).toEqual([{}]);
  });

  test('come when the connection does, where there is none yet', async () => {
    const { hub } = liveHub();
    const live = new LiveStore(hub);
    live.open();
    await settle();
    expect(live.state.get().overview).toBeUndefined();
    hub.connect();
    await settle();
    expect(live.state.get().isWatched).toBe(true);
  });

  test('are old from when the connection goes until they are watched again, with the same line', async () => {
    const { hub, live } = await opened();
    live.choose('orders');
    await settle();
    hub.disconnect();
    expect(isOld(live.state.get())).toBe(true);
    hub.connect();
    await settle();
    expect(isOld(live.state.get())).toBe(false);
    expect(hub.requests('WatchSite')).toEqual([{}, { queue: 'orders' }, { queue: 'orders' }]);
  });

  test('are old while the server says that it cannot read them', async () => {
    const { hub, live } = await opened();
    hub.emit('SiteOverviewChanged', overview({ isOld: true }));
    expect(isOld(live.state.get())).toBe(true);
    hub.emit('SiteOverviewChanged', overview());
    expect(isOld(live.state.get())).toBe(false);
  });

  test('keep what was pushed while they were asked for, where that is later', async () => {
    const { hub } = liveHub();
    const pushed = overview({ at: ago(-1_000), lines: [] });
    hub.connect();
    hub.answer('WatchSite', () => {
      hub.emit('SiteOverviewChanged', pushed);
      return overview();
    });
    const live = new LiveStore(hub);
    live.open();
    await settle();
    expect(live.state.get().overview).toBe(pushed);
  });

  test('are asked for again while the server cannot answer', async () => {
    const { hub } = liveHub();
    hub.refuse('WatchSite', 'unavailable');
    hub.connect();
    const problems: (string | undefined)[] = [];
    const live = new LiveStore(hub, () => {
      problems.push(live.state.get().problem);
      hub.answer('WatchSite', () => overview());
      return Promise.resolve();
    });
    live.open();
    await settle();
    expect(problems).toEqual(['unavailable']);
    expect(live.state.get()).toMatchObject({ isWatched: true, problem: undefined });
  });

  test('are not asked for again by themselves where that is refused', async () => {
    const { hub } = liveHub();
    hub.refuse('WatchSite', 'forbidden');
    hub.connect();
    const live = new LiveStore(hub, () => Promise.resolve());
    live.open();
    await settle();
    expect(live.state.get()).toMatchObject({ overview: undefined, problem: 'forbidden' });
    expect(hub.requests('WatchSite')).toHaveLength(1);
    hub.answer('WatchSite', () => overview());
    live.retry();
    await settle();
    expect(live.state.get().problem).toBeUndefined();
    expect(live.state.get().overview).toBeDefined();
  });

  test('stop being watched when they are closed', async () => {
    const { hub, live } = await opened();
    live.close();
    await settle();
    expect(hub.requests('UnwatchSite')).toEqual([{}]);
    hub.emit('SiteOverviewChanged', overview({ lines: [] }));
    expect(live.state.get().overview?.lines).toHaveLength(2);
    hub.disconnect();
    hub.connect();
    await settle();
    expect(hub.requests('WatchSite')).toHaveLength(1);
  });
});

describe('the chosen line', () => {
  test('is told of by the server, and not mixed up with the one before', async () => {
    const { hub, live } = await opened(overview(), [waiting(1)]);
    live.choose('orders');
    expect(chosenLine(live.state.get())).toBeUndefined();
    await settle();
    expect(chosenLine(live.state.get())?.contacts).toHaveLength(1);
    live.choose('returns');
    hub.emit('SiteOverviewChanged', overview({ line: { queue: 'orders', total: 0, contacts: [] } }));
    expect(chosenLine(live.state.get())).toBeUndefined();
    await settle();
    expect(chosenLine(live.state.get())?.queue).toBe('returns');
  });

  test('that is no longer there is left, and the rest goes on', async () => {
    const { hub, live } = await opened();
    live.choose('orders');
    await settle();
    hub.disconnect();
    hub.answer('WatchSite', ({ queue }) =>
      queue === undefined ? overview() : Promise.reject(new CallError({ code: 'not_found', text: '' })),
    );
    hub.connect();
    await settle();
    expect(live.state.get()).toMatchObject({ queue: undefined, isWatched: true });
  });
});

describe('what supervisors do', () => {
  test('goes to the server as it is', async () => {
    const { hub, live } = await opened();
    await live.closeQueue('orders', new Date('2026-11-22T20:00:00Z'));
    await live.closeQueue('orders', undefined);
    await live.openQueue('orders');
    await live.moveContact('contact1', 'returns');
    await live.setPriority('contact1', 300);
    expect(hub.requests('CloseQueue')).toEqual([
      { queue: 'orders', until: '2026-11-22T20:00:00.000Z' },
      { queue: 'orders' },
    ]);
    expect(hub.requests('OpenQueue')).toEqual([{ queue: 'orders' }]);
    expect(hub.requests('MoveContact')).toEqual([{ contactId: 'contact1', queue: 'returns' }]);
    expect(hub.requests('SetPriority')).toEqual([{ contactId: 'contact1', headStartSeconds: 300 }]);
  });
});
