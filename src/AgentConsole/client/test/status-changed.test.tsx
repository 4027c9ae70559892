// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeskContext } from '../src/app/AppContext';
import { en } from '../src/locales/en';
import { StatusHint } from '../src/status/StatusHint';
import { StatusSelect } from '../src/status/StatusSelect';
import { nobody } from './fakeHub';
import { openDesk, settle, stubBrowser } from './fixtures';

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** An agent who was available until the server said otherwise. */
async function missed(reason = 'missed_offers') {
  const opened = openDesk();
  opened.hub.answer('SetStatus', () => ({ ...nobody, status: 'available' }));
  opened.hub.connect();
  await settle();
  opened.hub.answer('SetStatus', (request) => ({ ...nobody, status: request.status ?? 'away' }));
  opened.hub.emit('StatusChanged', { status: 'away', reason });
  render(
    <MantineProvider env="test">
      <DeskContext value={opened.desk}>
        <StatusSelect />
        <StatusHint />
      </DeskContext>
    </MantineProvider>,
  );
  await settle();
  return opened;
}

describe('an agent whom the server set away', () => {
  test('is told why, until they close it, and shown as away', async () => {
    const { notices, said } = await missed();
    expect(said()).toEqual([en.status.missedOffers]);
    expect(screen.getByRole('button', { name: /^Your status: Away/ })).toBeDefined();
    const [notice] = notices.state.get();
    expect(notice?.tone).toBe('warning');
    notices.dismiss(notice?.id ?? 0);
    expect(said()).toEqual([]);
  });

  test('becomes available again with one press, and is told no more', async () => {
    const { hub } = await missed();
    expect(screen.getByText(en.status.setAway)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: en.status.becomeAvailable }));
    await settle();
    expect(hub.requests('SetStatus').at(-2)).toEqual({ status: 'available' });
    expect(screen.queryByText(en.status.setAway)).toBeNull();
  });

  test('who then says away themselves is not told that they were set so', async () => {
    const { desk } = await missed();
    await desk.setStatus('away');
    await settle();
    expect(screen.queryByText(en.status.setAway)).toBeNull();
  });

  test('for a reason that this console does not know is told the status alone', async () => {
    const { said } = await missed('full_moon');
    expect(said()).toEqual([en.status.changed(en.status.away)]);
    expect(screen.queryByText(en.status.setAway)).toBeNull();
  });
});
