// @vitest-environment jsdom
import type { LineContact, SiteOverview } from '@copilot/contracts';
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppContext, DeskContext } from '../src/app/AppContext';
import type { ConsoleApp } from '../src/app/ConsoleApp';
import { ServerClock } from '../src/clock/ServerClock';
import { Ticker } from '../src/clock/Ticker';
import { en } from '../src/locales/en';
import { Announcer } from '../src/notices/Announcer';
import { LivePage } from '../src/supervision/LivePage';
import { FakeHub } from './fakeHub';
import { openDesk, settle, stubBrowser } from './fixtures';
import { agent, ago, line, liveHub, overview, supervisor, waiting } from './liveFixtures';

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const { supervision: words } = en;

async function showOn(hub: FakeHub) {
  const opened = openDesk(hub, sessionStorage, supervisor);
  const announcer = new Announcer();
  const ticker = new Ticker(() => Date.now(), 1_000);
  const app = { clock: new ServerClock(), ticker, announcer, notices: opened.notices } as unknown as ConsoleApp;
  hub.connect();
  await settle();
  render(
    <AppContext value={app}>
      <MantineProvider env="test">
        <DeskContext value={opened.desk}>
          <LivePage />
        </DeskContext>
      </MantineProvider>
    </AppContext>,
  );
  await act(settle);
  return { ...opened, heard: () => announcer.polite.get()?.say(en) };
}

async function show(first?: SiteOverview, contacts?: readonly LineContact[]) {
  const live = liveHub(first, contacts);
  return { ...live, ...(await showOn(live.hub)), hub: live.hub };
}

const press = async (name: string | RegExp, inside: Pick<typeof screen, 'getByRole'> = screen): Promise<void> => {
  fireEvent.click(inside.getByRole('button', { name }));
  await act(settle);
};
const dialog = () => within(screen.getByRole('dialog'));
const card = (queue: string) =>
  within(screen.getByRole('button', { name: words.lines.show(queue) }).closest('li') as HTMLElement);

describe('the live page', () => {
  test('says what it knows of a line, and in words what it does not', async () => {
    const orders = line('orders', {
      ...{ waiting: 4, callbacksWaiting: 1, oldestArrival: ago(200_000), agentsAvailable: 2, serving: 5 },
      ...{ answeredPerHour: 40, answeredInTime: 0.923, estimatedWait: { minSeconds: 180, maxSeconds: 480 } },
      ...{ callbacksDue: 2, callbacksScheduled: 7, estimatesPerHour: 30, estimatesInside: 0.84 },
    });
    await show(overview({ lines: [orders, line('returns')] }));
    const shown = card('orders');
    for (const text of ['4', words.callbacks(1), words.serving(5), '92%', '3 to 8 min', words.due(7), '84%']) {
      expect(shown.getByText(text)).toBeDefined();
    }
    expect(shown.getByText(words.tooLong)).toBeDefined();
    const nothing = card('returns');
    expect(nothing.getByText(en.queues.nobody)).toBeDefined();
    expect(nothing.getAllByText(words.notCounted)).toHaveLength(2);
    expect(nothing.getByText(words.unknown)).toBeDefined();
    expect(nothing.queryByText(words.tooLong)).toBeNull();
  });

  test('lets the longest wait grow by itself', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      await show(overview({ lines: [line('orders', { waiting: 1, oldestArrival: ago(5_000) })] }));
      expect(card('orders').getByText('0:05')).toBeDefined();
      act(() => {
        vi.advanceTimersByTime(3_000);
      });
      expect(card('orders').getByText('0:08')).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test('says that its figures are old while there is no connection, and lets nothing grow or be done', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      const { hub } = await show(overview({ lines: [line('orders', { waiting: 1, oldestArrival: ago(5_000) })] }));
      expect(screen.getByText(words.fresh)).toBeDefined();
      act(() => {
        hub.disconnect();
        vi.advanceTimersByTime(3_000);
      });
      expect(screen.queryByText(words.fresh)).toBeNull();
      expect(screen.getByText(new RegExp(words.oldHint))).toBeDefined();
      expect(card('orders').getByText('0:05')).toBeDefined();
      expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Close for now ?\(orders\)$/ }).disabled).toBe(
        true,
      );
      hub.connect();
      await act(settle);
      expect(screen.getByText(words.fresh)).toBeDefined();
      expect(card('orders').getByText('0:08')).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is loading until the server answers, and says what it refuses', async () => {
    const { hub } = liveHub();
    hub.refuse('WatchSite', 'forbidden');
    await showOn(hub);
    expect(screen.getByText(words.loadFailed)).toBeDefined();
    expect(screen.getByText(en.errors.forbidden)).toBeDefined();
    hub.swallow('WatchSite');
    await press(words.retry);
    expect(screen.getByRole('status', { name: words.loading })).toBeDefined();
  });

  test('has words for a site without lines and agents', async () => {
    await show(overview({ lines: [] }));
    expect(screen.getByText(words.lines.empty)).toBeDefined();
    expect(screen.getByText(words.agents.empty)).toBeDefined();
  });

  test('shows agents by what they are at, with how much they have', async () => {
    const agents = [
      agent('Anna', { load: 1 }),
      agent('Ben', { isOnCall: true, load: 1 }),
      agent('Chris', { isConnected: false, load: 2 }),
    ];
    await show(overview({ agents }));
    const group = (name: string) => within(screen.getByRole('heading', { name }).closest('section') as HTMLElement);
    expect(group('Available: 1').getByText('Anna')).toBeDefined();
    expect(group('Available: 1').getByText('1 of 2 contacts')).toBeDefined();
    expect(group('On a call: 1').getByText('Ben')).toBeDefined();
    expect(group('Gone, with contacts: 1').getByText('Chris')).toBeDefined();
  });
});

describe('who is in a line', () => {
  const calls = waiting(2, { kind: 'callback', state: 'offered', offeredTo: { agentId: 'a1', name: 'Anna' } });

  test('is shown in its order when the line is opened, and hidden again', async () => {
    await show(undefined, [waiting(1, { headStartSeconds: 300 }), calls]);
    expect(screen.queryByRole('list', { name: '' })?.textContent).not.toContain('Carla');
    await press(words.lines.show('orders'));
    const rows = screen.getAllByText('Carla Customer').map((name) => name.closest('li')?.textContent);
    expect(rows[0]).toContain(`${words.contacts.chat}, ${words.contacts.topic('parcels')}`);
    expect(rows[0]).toContain(words.contacts.ahead('5 min'));
    expect(rows[1]).toContain(words.contacts.callback);
    expect(rows[1]).toContain(words.contacts.offeredTo('Anna'));
    await press(words.lines.show('orders'));
    expect(screen.queryByText('Carla Customer')).toBeNull();
  });

  test('has words for nobody', async () => {
    await show();
    await press(words.lines.show('orders'));
    expect(screen.getByText(words.contacts.empty)).toBeDefined();
  });

  test('can be moved to another line, and is told why not', async () => {
    const { hub, heard } = await show(undefined, [waiting(1)]);
    await press(words.lines.show('orders'));
    await press(/^Move ?\(Carla Customer\)$/);
    expect(dialog().queryByRole('radio', { name: 'orders' })).toBeNull();
    fireEvent.click(dialog().getByRole('radio', { name: 'returns' }));
    hub.refuse('MoveContact', 'conflict');
    await press(words.move.confirm, dialog());
    expect(dialog().getByRole('alert').textContent).toContain(words.move.refused.conflict);
    hub.answer('MoveContact', () => ({}));
    await press(words.move.confirm, dialog());
    expect(hub.requests('MoveContact').at(-1)).toEqual({ contactId: 'contact1', queue: 'returns' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(heard()).toBe(words.move.done('Carla Customer', 'returns'));
  });

  test('can be given priority, which begins as it is', async () => {
    const { hub } = await show(undefined, [waiting(1, { headStartSeconds: 300 }), calls]);
    await press(words.lines.show('orders'));
    expect(screen.getAllByRole('button', { name: /^Priority/ })).toHaveLength(1);
    await press(/^Priority ?\(Carla Customer\)$/);
    expect(dialog().getByRole<HTMLInputElement>('radio', { name: words.priority.little }).checked).toBe(true);
    fireEvent.click(dialog().getByRole('radio', { name: words.priority.own }));
    const minutes = dialog().getByRole('textbox', { name: words.priority.minutes });
    fireEvent.change(minutes, { target: { value: '45' } });
    await press(words.priority.confirm, dialog());
    expect(dialog().getByText(words.priority.minutesWrong)).toBeDefined();
    fireEvent.change(minutes, { target: { value: '12' } });
    await press(words.priority.confirm, dialog());
    expect(hub.requests('SetPriority')).toEqual([{ contactId: 'contact1', headStartSeconds: 720 }]);
  });
});

describe('closing a line for now', () => {
  test('says what it does before it is done', async () => {
    const { hub, heard } = await show(overview({ lines: [line('orders', { waiting: 3, callbacksWaiting: 1 })] }));
    await press(/^Close for now ?\(orders\)$/);
    expect(dialog().getByText(words.close.chats(2))).toBeDefined();
    expect(dialog().getByText(words.close.calls(1))).toBeDefined();
    expect(hub.requests('CloseQueue')).toEqual([]);
    fireEvent.click(dialog().getByRole('radio', { name: words.close.opened }));
    await press(words.close.confirm, dialog());
    expect(hub.requests('CloseQueue')).toEqual([{ queue: 'orders' }]);
    expect(heard()).toBe(words.close.done('orders'));
  });

  test('is until a time that is still to come', async () => {
    const { hub } = await show();
    await press(/^Close for now ?\(orders\)$/);
    fireEvent.click(dialog().getByRole('radio', { name: words.close.at }));
    fireEvent.change(dialog().getByLabelText(words.close.atLabel), { target: { value: '2020-01-01T12:00' } });
    await press(words.close.confirm, dialog());
    expect(dialog().getByText(words.close.atWrong)).toBeDefined();
    fireEvent.click(dialog().getByRole('radio', { name: words.close.hour }));
    const before = Date.now();
    await press(words.close.confirm, dialog());
    const until = Date.parse(hub.requests('CloseQueue')[0]?.until ?? '');
    expect(until).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  test('is taken back with one press, and a refusal is told', async () => {
    const closed = line('orders', { isOpen: false, closed: {} });
    const { hub, said, heard } = await show(overview({ lines: [closed] }));
    expect(screen.getByText(words.lines.closedForNow)).toBeDefined();
    hub.refuse('OpenQueue', 'unavailable');
    await press(/^Open again ?\(orders\)$/);
    expect(said()).toEqual([`${words.reopen.failed('orders')} ${en.errors.unavailable}`]);
    hub.answer('OpenQueue', () => ({}));
    await press(/^Open again ?\(orders\)$/);
    expect(heard()).toBe(words.reopen.done('orders'));
  });
});

describe('the way to the live page', () => {
  test('is closed by opening a contact, kept over a reload, and there for supervisors alone', () => {
    const { desk } = openDesk(new FakeHub(), sessionStorage, supervisor);
    desk.live.open();
    expect(desk.live.isOpen.get()).toBe(true);
    expect(openDesk(new FakeHub(), sessionStorage, supervisor).desk.live.isOpen.get()).toBe(true);
    desk.chats.select('contact1');
    expect(desk.live.isOpen.get()).toBe(false);
    const ofAgent = openDesk().desk;
    ofAgent.live.open();
    expect(ofAgent.live.isOpen.get()).toBe(false);
  });
});
