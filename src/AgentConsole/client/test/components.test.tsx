// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppContext, DeskContext, useDesk } from '../src/app/AppContext';
import type { ConsoleApp } from '../src/app/ConsoleApp';
import { ServerClock } from '../src/clock/ServerClock';
import { Ticker } from '../src/clock/Ticker';
import { Composer } from '../src/conversation/Composer';
import { ConversationHeader } from '../src/conversation/ConversationHeader';
import { ConversationLogView } from '../src/conversation/ConversationLogView';
import { EndedBar } from '../src/conversation/EndedBar';
import { CustomerPanel } from '../src/customer/CustomerPanel';
import { en } from '../src/locales/en';
import { OfferCard } from '../src/offers/OfferCard';
import { StatusHint } from '../src/status/StatusHint';
import { Store } from '../src/stores/Store';
import { useStore } from '../src/stores/useStore';
import { TransferForm } from '../src/transfer/TransferForm';
import { FakeHub, nobody } from './fakeHub';
import { contact, customer, entry, joined, offered, openDesk, settle, stubBrowser } from './fixtures';

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Shows a part of the console on a desk whose hub is in the test's hands. */
async function show(
  entries: ReturnType<typeof entry>[],
  view: (chat: ReturnType<typeof chatOf>) => ReactNode,
  hub = new FakeHub(),
) {
  const opened = openDesk(hub);
  const attention = { state: new Store(true) };
  const app = {
    clock: new ServerClock(),
    ticker: new Ticker(() => Date.now(), 1_000),
    attention,
  } as unknown as ConsoleApp;
  opened.hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
  opened.hub.answer('Join', (request) => joined(request.conversationId, entries));
  opened.hub.connect();
  await settle();
  const chat = chatOf(opened.desk);
  render(
    <AppContext value={app}>
      <MantineProvider env="test">
        <DeskContext value={opened.desk}>{view(chat)}</DeskContext>
      </MantineProvider>
    </AppContext>,
  );
  await settle();
  return { ...opened, attention, chat };
}

function chatOf(desk: ReturnType<typeof openDesk>['desk']) {
  const chat = desk.chats.find('contact1');
  if (!chat) {
    throw new Error('The chat is not there.');
  }
  return chat;
}

describe('the conversation', () => {
  test('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1)';
    await show([entry(1, { text: hostile })], (chat) => <ConversationLogView chat={chat} />);
    const log = screen.getByRole('log');
    expect(within(log).getByText(hostile)).toBeDefined();
    expect(log.querySelector('img')).toBeNull();
    expect(log.querySelector('a')).toBeNull();
  });

  test('marks notes as what only colleagues see', async () => {
    const note = entry(1, { kind: 'note', audience: 'agents', author: { role: 'agent', id: 'a2', name: 'Bob' } });
    await show([note], (chat) => <ConversationLogView chat={chat} />);
    expect(screen.getByText(en.conversation.noteLabel)).toBeDefined();
  });

  test('draws the end of a long log and more of it when asked', async () => {
    const entries = Array.from({ length: 300 }, (_, index) => entry(index + 1));
    await show(entries, (chat) => <ConversationLogView chat={chat} />);
    expect(screen.queryByText('text 300')).not.toBeNull();
    expect(screen.queryByText('text 100')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: en.conversation.earlier }));
    expect(screen.queryByText('text 100')).not.toBeNull();
  });

  test('is marked read only while somebody can be looking', async () => {
    const { hub, attention } = await show([entry(1)], (chat) => <ConversationLogView chat={chat} />);
    expect(hub.requests('MarkRead')).toEqual([{ conversationId: 'conversation1', seq: 1 }]);
    attention.state.set(false);
    hub.emit('Message', { conversationId: 'conversation1', epoch: 'e1', message: entry(2) });
    await settle();
    expect(hub.requests('MarkRead')).toHaveLength(1);
    attention.state.set(true);
    await expect.poll(() => hub.requests('MarkRead').at(-1)).toEqual({ conversationId: 'conversation1', seq: 2 });
  });

  test('lets the agent try a refused message again', async () => {
    const { hub, chat } = await show([entry(1)], (one) => <ConversationLogView chat={one} />);
    hub.refuse('Send', 'too_large');
    chat.conversation.write('too much', 'text');
    await settle();
    hub.answer('Send', () => ({ seq: 2, sentAt: new Date().toISOString(), duplicate: false }));
    fireEvent.click(screen.getByRole('button', { name: en.conversation.tryAgain }));
    await settle();
    expect(hub.requests('Send').map((request) => request.text)).toEqual(['too much', 'too much']);
    expect(new Set(hub.requests('Send').map((request) => request.messageId)).size).toBe(1);
  });
});

describe('the head of the conversation', () => {
  test('says while the customer is away, and no longer', async () => {
    const { hub, desk } = await show([entry(1)], () => <SelectedHeader />);
    const line = screen.getByRole('status');
    expect(line.textContent).toBe('');

    hub.answer('SetStatus', () => ({
      ...nobody,
      status: 'available',
      contacts: [{ ...contact(1), customerAway: true }],
    }));
    await act(async () => {
      hub.emit('ContactChanged', { contactId: 'contact1', state: 'active', customerAway: true });
      await settle();
    });
    expect(line.textContent).toBe(en.conversation.customerAway);

    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
    await act(async () => {
      desk.refresh();
      await settle();
    });
    expect(line.textContent).toBe('');
  });
});

function SelectedHeader() {
  const chat = useStore(useDesk().chats.state, (state) => state.chats[0]);
  return chat && <ConversationHeader chat={chat} mayAct onOpen={vi.fn()} onCoPilot={vi.fn()} />;
}

describe('an ended chat', () => {
  const ending = entry(2, { kind: 'event', text: 'ended', data: { by: 'customer' } });

  test('can still be given an outcome when the customer ended it', async () => {
    const onWrapUp = vi.fn();
    await show([entry(1), ending], (chat) => <EndedBar chat={chat} onWrapUp={onWrapUp} />);
    fireEvent.click(screen.getByRole('button', { name: en.end.wrapUp }));
    expect(onWrapUp).toHaveBeenCalledOnce();
  });

  test('is asked for an outcome only once', async () => {
    const outcome = entry(3, { kind: 'note', audience: 'agents', messageId: 'end:contact1', text: 'resolved' });
    await show([entry(1), ending, outcome], (chat) => <EndedBar chat={chat} onWrapUp={vi.fn()} />);
    expect(screen.queryByRole('button', { name: en.end.wrapUp })).toBeNull();
    expect(screen.getByRole('button', { name: en.conversation.dismiss })).toBeDefined();
  });
});

describe('the composer', () => {
  test('sends by Enter, not by Shift+Enter and not inside an input method', async () => {
    const { hub } = await show([entry(1)], (chat) => <Composer chat={chat} />);
    hub.answer('Send', () => ({ seq: 2, sentAt: new Date().toISOString(), duplicate: false }));
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: 'hello' } });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(hub.requests('Send')).toHaveLength(0);
    fireEvent.keyDown(field, { key: 'Enter' });
    await settle();
    expect(hub.requests('Send').map((request) => request.text)).toEqual(['hello']);
    expect(hub.requests('SetTyping').map((request) => request.typing)).toEqual([true, false]);
  });

  test('keeps reply and note apart', async () => {
    const { hub } = await show([entry(1)], (chat) => <Composer chat={chat} />);
    hub.answer('AddNote', () => ({ seq: 2, sentAt: new Date().toISOString(), duplicate: false }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Dear Carla' } });
    fireEvent.keyDown(window, { altKey: true, code: 'KeyN' });
    const note = screen.getByRole<HTMLTextAreaElement>('textbox', { name: en.composer.noteLabel });
    expect(note.value).toBe('');
    fireEvent.change(note, { target: { value: 'She is cross' } });
    fireEvent.keyDown(note, { key: 'Enter' });
    await settle();
    expect(hub.requests('Send')).toHaveLength(0);
    expect(hub.requests('AddNote').map((request) => request.text)).toEqual(['She is cross']);
    fireEvent.keyDown(window, { altKey: true, code: 'KeyN' });
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Dear Carla');
  });

  test('does not send what is too long', async () => {
    const { hub } = await show([entry(1)], (chat) => <Composer chat={chat} />);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'x'.repeat(4_001) } });
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
    await settle();
    expect(hub.requests('Send')).toHaveLength(0);
    expect(screen.getByText(en.composer.tooLong(1))).toBeDefined();
  });
});

describe('an offer', () => {
  test('takes the focus only from nowhere, and answers to its keys', async () => {
    const { desk, hub } = await show([entry(1)], (chat) => (
      <>
        <OfferCard />
        <Composer chat={chat} />
      </>
    ));
    hub.answer('AcceptOffer', () => ({ contactId: 'contact2', conversationId: 'conversation2' }));
    const field = screen.getByRole('textbox');
    field.focus();
    desk.offers.show(offered({ contactId: 'contact2' }));
    await settle();
    expect(screen.getByRole('dialog', { name: en.offer.title })).toBeDefined();
    expect(document.activeElement).toBe(field);
    fireEvent.keyDown(window, { altKey: true, code: 'KeyA' });
    await settle();
    expect(hub.requests('AcceptOffer')).toEqual([{ offerId: 'o1' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the status', () => {
  test('is offered back when the server took it away', async () => {
    const { desk, hub } = await show([], () => <StatusHint />);
    await desk.setStatus('available');
    let status = 'offline';
    hub.answer('SetStatus', (request) => ({ ...nobody, status: (status = request.status ?? status) }));
    desk.refresh();
    await settle();
    expect(screen.getByRole('alert').textContent).toContain(en.status.setOffline);
    fireEvent.click(screen.getByRole('button', { name: en.status.becomeAvailable }));
    await settle();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the customer', () => {
  test('is not called verified without the shop’s word, and gets no unsafe link', async () => {
    const stranger = { ...customer, verified: false, pageUrl: 'javascript:alert(1)' };
    await show([], (chat) => <CustomerPanel contact={chat} customer={stranger} />);
    expect(screen.getByText(en.customer.notVerified)).toBeDefined();
    expect(screen.getByText('javascript:alert(1)').closest('a')).toBeNull();
  });
});

describe('transfer', () => {
  test('offers only who can take it', async () => {
    const agents = [
      { agentId: 'a1', name: 'Ada Agent', status: 'available', free: 4 },
      { agentId: 'a2', name: 'Bob', status: 'available', free: 2 },
      { agentId: 'a3', name: 'Cid', status: 'available', free: 0 },
      { agentId: 'a4', name: 'Dee', status: 'away', free: 5 },
    ];
    const hub = new FakeHub();
    hub.answer('GetQueues', () => ({ queues: [], agents }));
    await show([], (chat) => <TransferForm contact={chat} onClose={vi.fn()} />, hub);
    const choices = screen.getAllByRole<HTMLInputElement>('radio');
    expect(choices.map((choice) => [choice.value, choice.disabled])).toEqual([
      ['agent:a2', false],
      ['agent:a3', true],
      ['agent:a4', true],
    ]);
    fireEvent.click(screen.getByRole('radio', { name: /Bob/ }));
    fireEvent.click(screen.getByRole('button', { name: en.transfer.confirm }));
    await settle();
    expect(hub.requests('Transfer')[0]).toMatchObject({ contactId: 'contact1', agentId: 'a2' });
  });
});
