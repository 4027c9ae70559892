// @vitest-environment jsdom
import { SessionEndReasons } from '@copilot/contracts';
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppContext, DeskContext } from '../src/app/AppContext';
import type { ConsoleApp } from '../src/app/ConsoleApp';
import { ServerClock } from '../src/clock/ServerClock';
import { CallSessions } from '../src/co-pilot/CallSessions';
import { ChatSessions } from '../src/co-pilot/ChatSessions';
import { ConversationHeader } from '../src/conversation/ConversationHeader';
import { en } from '../src/locales/en';
import { nl } from '../src/locales/nl';
import { Store } from '../src/stores/Store';
import { FakeHub, nobody } from './fakeHub';
import { contact, entry, joined, openDesk, settle, stubBrowser } from './fixtures';

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** A chat's header with its sessions, and the sidebar's part, on hubs in the test's hands. */
async function show() {
  const hub = new FakeHub();
  hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
  hub.answer('Join', (request) => joined(request.conversationId, [entry(1)]));
  const opened = openDesk(hub);
  hub.connect();
  await settle();
  const chat = opened.desk.chats.find('contact1');
  if (!chat) {
    throw new Error('The chat is not there.');
  }
  const clock = new ServerClock();
  const ticker = new Store(Date.now());
  const app = { clock, ticker } as unknown as ConsoleApp;
  const tick = (by: number) => {
    act(() => {
      ticker.update((now) => now + by);
    });
  };
  render(
    <AppContext value={app}>
      <MantineProvider env="test">
        <DeskContext value={opened.desk}>
          <nav aria-label="side">
            <CallSessions />
          </nav>
          <main id="conversation" tabIndex={-1}>
            <ConversationHeader
              chat={chat}
              mayAct
              onOpen={vi.fn()}
              onCoPilot={() => {
                opened.desk.coPilot.requestCode(chat.contactId);
              }}
            />
            <ChatSessions chat={chat} />
          </main>
        </DeskContext>
      </MantineProvider>
    </AppContext>,
  );
  const click = async (name: string) => {
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name }));
      await settle();
    });
  };
  const connect = async () => {
    await act(async () => {
      opened.coBrowse.connect();
      await settle();
      ticker.set(Date.now());
    });
  };
  const sessionId = () => opened.desk.coPilot.sessions.get().at(-1)?.state.get().sessionId ?? '';
  return { ...opened, click, connect, sessionId, tick };
}

async function faults() {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

describe('a code for a chat', () => {
  test('is asked for in its header, and spelled for the ear', async () => {
    const { click, connect } = await show();
    await click(en.coPilot.action);
    expect(screen.getByText(en.connection.connecting)).toBeDefined();
    await connect();
    expect(screen.getByText('K7P-4WXYZ').getAttribute('aria-hidden')).toBe('true');
    expect(screen.getByText(en.coPilot.codeIs('K, 7, P; 4, W, X, Y, Z'))).toBeDefined();
    expect(screen.getByRole('timer').textContent).toMatch(/^(5:00|4:[0-5]\d) left$/);
    expect(document.activeElement).toBe(screen.getByRole('region', { name: en.coPilot.title }));
    expect(await faults()).toEqual([]);
  });

  test('says what was refused, and can be asked for again with the same id', async () => {
    const { coBrowse, click, connect } = await show();
    coBrowse.refuse('CreateCode', 'unavailable');
    await click(en.coPilot.action);
    await connect();
    expect(screen.getByText(`${en.coPilot.failed} ${en.errors.unavailable}`).closest('[role=alert]')).not.toBeNull();
    await click(en.coPilot.retry);
    const ids = coBrowse.requests('CreateCode').map((request) => request.requestId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('an invitation', () => {
  test('goes to the chat, and after a while the code is offered to be read out', async () => {
    const { coBrowse, click, connect, sessionId, tick } = await show();
    coBrowse.answer('Invite', () => ({}));
    await click(en.coPilot.action);
    await connect();
    await click(en.coPilot.invite);
    expect(coBrowse.requests('Invite')).toEqual([{ sessionId: sessionId(), conversationId: 'conversation1' }]);
    expect(screen.getByText(en.coPilot.invited).getAttribute('role')).toBe('status');
    expect(screen.getByText('K7P-4WXYZ')).toBeDefined();
    tick(21_000);
    expect(screen.getByText(en.coPilot.invitedLong)).toBeDefined();
    await click(en.coPilot.inviteAgain);
    expect(coBrowse.requests('Invite')).toHaveLength(2);
    expect(await faults()).toEqual([]);
  });

  test('that was refused says so', async () => {
    const { coBrowse, click, connect } = await show();
    coBrowse.refuse('Invite', 'not_found');
    await click(en.coPilot.action);
    await connect();
    await click(en.coPilot.invite);
    expect(screen.getByText(`${en.coPilot.notInvited} ${en.errors.not_found}`)).toBeDefined();
  });

  test('is for chats only', async () => {
    const { click, connect } = await show();
    await click(en.coPilot.forCall);
    await connect();
    expect(screen.queryByRole('button', { name: en.coPilot.invite })).toBeNull();
  });
});

describe('a code for a call', () => {
  test('has no contact', async () => {
    const { coBrowse, click, connect } = await show();
    await click(en.coPilot.forCall);
    await connect();
    expect(coBrowse.requests('CreateCode')[0]).not.toHaveProperty('contactId');
    expect(screen.getByRole('region', { name: en.coPilot.callTitle })).toBeDefined();
  });

  test('counts wrong tries', async () => {
    const { coBrowse, click, connect, sessionId } = await show();
    await click(en.coPilot.forCall);
    await connect();
    act(() => {
      coBrowse.emit('CodeTried', { sessionId: sessionId(), failures: 3 });
    });
    expect(screen.getByText(en.coPilot.failures(3))).toBeDefined();
  });

  test('whose time is over asks how it stands, and a new one can be asked for', async () => {
    const { coBrowse, click, connect } = await show();
    coBrowse.answer('CreateCode', () => ({ sessionId: 's1', code: 'AAA-BBBBB', expiresAt: '2020-01-01T00:00:00Z' }));
    coBrowse.answer('Watch', () => ({
      ...{ state: 'ended', endReason: 'code_expired', verified: false, away: false, failures: 0 },
    }));
    await click(en.coPilot.forCall);
    await connect();
    expect(screen.getByText(en.coPilot.ended.code_expired)).toBeDefined();
    await click(en.coPilot.newCode);
    expect(coBrowse.requests('CreateCode')).toHaveLength(2);
    expect(screen.getAllByRole('region')).toHaveLength(1);
  });
});

describe('a running session', () => {
  async function live() {
    const shown = await show();
    await shown.click(en.coPilot.action);
    await shown.connect();
    const sessionId = shown.sessionId();
    act(() => {
      shown.coBrowse.emit('CustomerJoined', { sessionId, verified: false, returned: false });
    });
    return { ...shown, id: sessionId };
  }

  test('shows that consent is waited for, and who is not verified', async () => {
    await live();
    expect(screen.getByText(en.coPilot.awaitingConsent)).toBeDefined();
    expect(screen.getByText(en.coPilot.notVerified)).toBeDefined();
    expect(screen.getByText(en.coPilot.noViewer)).toBeDefined();
    expect(screen.queryByText('K7P-4WXYZ')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  test('shows where the customer is as text, and nothing of a private page', async () => {
    const { coBrowse, id } = await live();
    act(() => {
      coBrowse.emit('ConsentGiven', { sessionId: id, endsAt: '2026-11-22T09:00:00Z' });
      const page = { inScope: true, pageUrl: '/help/returns', pageTitle: '<b>Returns</b>' };
      coBrowse.emit('PageShown', { sessionId: id, page });
    });
    const where = screen.getByText('<b>Returns</b>').parentElement;
    expect(where?.textContent).toBe(`${en.coPilot.customerIsOn} <b>Returns</b> /help/returns`);
    expect(await faults()).toEqual([]);
    act(() => {
      coBrowse.emit('PageShown', { sessionId: id, page: { inScope: false } });
    });
    expect(screen.getByText(en.coPilot.privatePage)).toBeDefined();
    expect(screen.queryByText('/help/returns')).toBeNull();
  });

  test('says honestly that the connection is lost', async () => {
    const { coBrowse } = await live();
    act(() => {
      coBrowse.disconnect();
    });
    expect(screen.getByText(en.coPilot.reconnecting).closest('[role=status]')).not.toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: en.coPilot.end }).disabled).toBe(true);
  });

  test('is ended by the agent, and closing it brings the focus back to the conversation', async () => {
    const { coBrowse, click, id } = await live();
    await click(en.coPilot.end);
    expect(coBrowse.requests('End')).toEqual([{ sessionId: id }]);
    expect(screen.getByText(en.coPilot.ended.ended_by_agent)).toBeDefined();
    await click(en.coPilot.close);
    expect(screen.queryByRole('region')).toBeNull();
    expect(document.activeElement?.id).toBe('conversation');
  });

  test('keeps the focus on its card when the button that had it goes', async () => {
    const { coBrowse, click, connect, sessionId } = await show();
    await click(en.coPilot.action);
    await connect();
    screen.getByRole('button', { name: en.coPilot.newCode }).focus();
    act(() => {
      coBrowse.emit('CustomerJoined', { sessionId: sessionId(), verified: true, returned: false });
    });
    expect(document.activeElement).toBe(screen.getByRole('region', { name: en.coPilot.title }));
  });
});

test('every reason of the wire has words in both languages', () => {
  // Said only to a connection of the customer's.
  const told = Object.values(SessionEndReasons).filter((reason) => reason !== SessionEndReasons.displaced);
  for (const words of [en, nl]) {
    expect(Object.keys(words.coPilot.ended).sort()).toEqual(told.sort());
  }
});
