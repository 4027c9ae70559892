// @vitest-environment jsdom
import type { AgentContact, CallInfo } from '@copilot/contracts';
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppContext, DeskContext, useDesk } from '../src/app/AppContext';
import type { ConsoleApp } from '../src/app/ConsoleApp';
import { CallPane } from '../src/callbacks/CallPane';
import { loadGrouping } from '../src/callbacks/phoneText';
import { ServerClock } from '../src/clock/ServerClock';
import { Ticker } from '../src/clock/Ticker';
import { en } from '../src/locales/en';
import { OfferCard } from '../src/offers/OfferCard';
import { Store } from '../src/stores/Store';
import { useStore } from '../src/stores/useStore';
import { nobody } from './fakeHub';
import { callback, entry, joined, offeredCall, openDesk, settle, stubBrowser } from './fixtures';

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const { calls: words } = en;
const attempt = { at: '2026-11-21T20:00:00Z', outcome: 'no_answer', agentId: 'a2', note: 'Rang for a minute' };

/** The pane of the one call-back that the agent serves, on a desk whose hub is in the test's hands. */
async function show(change: Partial<AgentContact> = {}) {
  await loadGrouping();
  const opened = openDesk();
  const app = {
    clock: new ServerClock(),
    ticker: new Ticker(() => Date.now(), 1_000),
    attention: { state: new Store(true) },
  } as unknown as ConsoleApp;
  opened.hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [callback(1, change)] }));
  opened.hub.answer('Join', (request) => joined(request.conversationId, [entry(1)]));
  opened.hub.connect();
  await settle();
  render(
    <AppContext value={app}>
      <MantineProvider env="test">
        <DeskContext value={opened.desk}>
          <OfferCard />
          <Pane />
        </DeskContext>
      </MantineProvider>
    </AppContext>,
  );
  await settle();
  return opened;
}

function Pane() {
  const desk = useDesk();
  const call = useStore(desk.calls.state)[0];
  const chat = useStore(desk.chats.state).chats[0];
  return call ? <CallPane call={call} chat={chat} /> : null;
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the card of a call', () => {
  test('has the number in groups, as a link, and says since when it goes on', async () => {
    const { desk } = await show();
    const link = screen.getByRole<HTMLAnchorElement>('link', { name: /^Call \+31 6 12345678/ });
    expect(link.getAttribute('href')).toBe('tel:+31612345678');
    expect(screen.getByRole('timer').textContent).toContain(words.card.sinceAccepted);
    // jsdom cannot follow the link, and would say so.
    link.addEventListener('click', (event) => {
      event.preventDefault();
    });
    fireEvent.keyDown(window, { altKey: true, code: 'KeyL' });
    await settle();
    expect(desk.calls.find('contact1')?.dialedAt).toBeDefined();
    expect(screen.getByRole('timer').textContent).toContain(words.card.sinceDialed);
  });

  test('makes no link of what is no number', async () => {
    await show({ callback: { phone: '+31 •••• 5678', attempts: [] } });
    expect(screen.queryByRole('link')).toBeNull();
  });

  test('shows what the customer wrote as text, and what was tried', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await show({ callback: { phone: '+31612345678', attempts: [attempt], note: hostile } });
    expect(screen.getByText(hostile).querySelector('img')).toBeNull();
    const history = screen.getByRole('region', { name: words.card.history });
    expect(within(history).getByText(words.outcomes.no_answer)).toBeDefined();
    expect(within(history).getByText('Rang for a minute')).toBeDefined();
  });

  test('notes an outcome with its note, and says what happens next', async () => {
    const { hub } = await show();
    const nextAttemptAt = new Date(Date.now() + 600_000).toISOString();
    hub.answer('CompleteCallback', () => ({ state: 'scheduled', nextAttemptAt }));
    hub.answer('SetStatus', () => ({
      ...nobody,
      status: 'available',
      wrapUpUntil: new Date(Date.now() + 30_000).toISOString(),
    }));
    fireEvent.change(screen.getByRole('textbox', { name: words.card.note }), { target: { value: 'Nobody there' } });
    press(words.outcomes.no_answer);
    await settle();
    expect(hub.requests('CompleteCallback')).toMatchObject([{ outcome: 'no_answer', note: 'Nobody there' }]);
    expect(screen.getByText(words.done.title(words.outcomes.no_answer))).toBeDefined();
    expect(screen.getByText(/called again at about/)).toBeDefined();
    expect(screen.queryByText('+31 6 12345678')).toBeNull();
    press(words.wrapUp.ready);
    await settle();
    expect(hub.requests('SetStatus')).toContainEqual({ status: 'available' });
  });

  test('asks before it ends the call-back as a wrong number', async () => {
    const { hub } = await show();
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    press(words.outcomes.wrong_number);
    await settle();
    expect(hub.requests('CompleteCallback')).toHaveLength(0);
    press(words.wrong.confirm);
    await settle();
    expect(hub.requests('CompleteCallback')).toMatchObject([{ outcome: 'wrong_number' }]);
  });

  test('says that an outcome waits for the connection, and takes no second one', async () => {
    const { hub } = await show();
    hub.swallow('CompleteCallback');
    press(words.outcomes.reached);
    hub.disconnect();
    await settle();
    expect(screen.getByText(words.card.kept)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: words.outcomes.busy }).disabled).toBe(true);
  });

  test('says why an outcome was not taken, and keeps the note', async () => {
    const { hub } = await show();
    hub.refuse('CompleteCallback', 'too_large');
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: words.card.note });
    fireEvent.change(field, { target: { value: 'a novel' } });
    press(words.outcomes.reached);
    await settle();
    expect(screen.getByText(`${words.card.notSaved} ${en.errors.too_large}`)).toBeDefined();
    expect(field.value).toBe('a novel');
  });
});

describe('a call that a provider makes', () => {
  const made = (call: CallInfo) => ({ callback: { phone: '+31612345678', attempts: [], call } });

  test('leaves the agent nothing to dial while it goes on, and says how it goes', async () => {
    const { desk, hub } = await show(made({ status: 'ringing' }));
    expect(screen.getByText(words.provider.ringing)).toBeDefined();
    expect(screen.queryByRole('link')).toBeNull();
    hub.answer('SetStatus', () => ({
      ...nobody,
      status: 'available',
      contacts: [callback(1, made({ status: 'ended', outcome: 'busy' }))],
    }));
    hub.emit('ContactChanged', { contactId: 'contact1', state: 'active', call: { status: 'ended', outcome: 'busy' } });
    await settle();
    expect(screen.getByText(words.provider.ended(words.outcomes.busy))).toBeDefined();
    expect(screen.getByRole('link')).toBeDefined();
    expect(screen.getByRole('button', { name: `${words.outcomes.busy} ${words.provider.proposed}` })).toBeDefined();
    expect(desk.calls.find('contact1')?.result).toBeUndefined();
    expect(hub.requests('CompleteCallback')).toHaveLength(0);
  });

  test('is the agent’s when the provider does not make it', async () => {
    await show(made({ status: 'left_to_agent', reason: 'unreachable' }));
    expect(screen.getByText(words.provider.left_to_agent)).toBeDefined();
    expect(screen.getByRole('link', { name: /^Call/ })).toBeDefined();
  });

  test('of a newer server is told neutrally', async () => {
    await show(made({ status: 'teleporting' }));
    expect(screen.getByText(words.provider.other)).toBeDefined();
  });
});

describe('a call-back that was a chat', () => {
  test('shows card or conversation where there is no room for both', async () => {
    await show({ conversationId: 'conversation1' });
    expect(screen.queryByRole('log')).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: /Conversation/ }));
    expect(screen.getByRole('log')).toBeDefined();
    expect(screen.queryByText('+31 6 12345678')).toBeNull();
  });
});

describe('passing a call-back on', () => {
  test('takes a note for who calls next, also where there is no conversation', async () => {
    const { hub } = await show();
    hub.answer('GetQueues', () => ({
      queues: [],
      agents: [{ agentId: 'a2', name: 'Bob', status: 'available', free: 2 }],
    }));
    press(en.conversation.transfer);
    await settle();
    const dialog = screen.getByRole('dialog', { name: words.transfer.title });
    fireEvent.click(within(dialog).getByRole('radio', { name: /Bob/ }));
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Speaks French' } });
    fireEvent.click(within(dialog).getByRole('button', { name: en.transfer.confirm }));
    await settle();
    expect(hub.requests('Transfer')).toMatchObject([{ contactId: 'contact1', agentId: 'a2', note: 'Speaks French' }]);
  });

  test('counts as no call', async () => {
    await show({ callback: { phone: '+31612345678', attempts: [{ ...attempt, outcome: 'transferred' }] } });
    expect(screen.getByText(words.firstAttempt)).toBeDefined();
    expect(screen.getByText(words.outcomes.transferred)).toBeDefined();
  });
});

describe('an offered call-back', () => {
  test('is told from a chat, with its masked number and what was tried', async () => {
    const { desk } = await show();
    desk.offers.show(
      offeredCall({ contactId: 'contact2', callback: { phone: '+31 •••• 5678', attempts: [attempt], note: 'Hello?' } }),
    );
    await settle();
    const card = screen.getByRole('dialog', { name: words.offer.title });
    expect(within(card).getByText('+31 •••• 5678')).toBeDefined();
    expect(within(card).getByText(/1 attempt so far, last: No answer/)).toBeDefined();
    expect(within(card).getByText('Hello?')).toBeDefined();
  });

  test('says in its own words why it went', async () => {
    const { desk, said } = await show();
    desk.offers.show(offeredCall({ contactId: 'contact2' }));
    desk.offers.withdraw({ offerId: 'o1', reason: 'rescheduled' });
    expect(said()).toEqual([words.offer.withdrawn.rescheduled]);
  });
});
