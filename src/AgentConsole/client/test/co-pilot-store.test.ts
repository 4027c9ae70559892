// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { spelled } from '../src/co-pilot/coPilotText';
import { en } from '../src/locales/en';
import { contact, entry, joined, openDesk, settle } from './fixtures';
import { FakeHub, nobody } from './fakeHub';

beforeEach(() => {
  sessionStorage.clear();
});

/** A desk whose Co-Pilot connection stands and that has asked for a code. */
async function withCode(contactId?: string) {
  const opened = openDesk();
  const session = opened.desk.coPilot.requestCode(contactId);
  opened.coBrowse.connect();
  await settle();
  const { sessionId } = session.state.get();
  if (sessionId === undefined) {
    throw new Error('No code came.');
  }
  return { ...opened, session, sessionId };
}

describe('the connection of Co-Pilot', () => {
  test('is opened by the first request for a code, which waits for it', async () => {
    const { desk, coBrowse } = openDesk();
    expect(coBrowse.isStarted).toBe(false);
    const session = desk.coPilot.requestCode('contact1');
    expect(coBrowse.isStarted).toBe(true);
    expect(session.state.get().phase).toBe('asking');
    coBrowse.connect();
    await settle();
    expect(coBrowse.requests('CreateCode')).toEqual([{ requestId: session.requestId, contactId: 'contact1' }]);
    expect(session.state.get()).toMatchObject({ phase: 'issued', code: 'K7P-4WXYZ', problem: undefined });
  });

  test('has one request for a code of a chat, however often it is asked', () => {
    const { desk } = openDesk();
    const session = desk.coPilot.requestCode('contact1');
    expect(desk.coPilot.requestCode('contact1')).toBe(session);
    expect(desk.coPilot.requestCode()).not.toBe(session);
    expect(desk.coPilot.sessions.get()).toHaveLength(2);
  });

  test('lost while a code is asked for, asks again with the same id', async () => {
    const { desk, coBrowse } = openDesk();
    coBrowse.swallow('CreateCode');
    const session = desk.coPilot.requestCode();
    coBrowse.connect();
    await settle();
    coBrowse.disconnect();
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'asking', problem: undefined });
    coBrowse.answer('CreateCode', () => ({ sessionId: 's1', code: 'AAA-BBBBB', expiresAt: new Date().toISOString() }));
    coBrowse.connect();
    await settle();
    expect(coBrowse.requests('CreateCode')).toEqual([
      { requestId: session.requestId },
      { requestId: session.requestId },
    ]);
    expect(session.state.get().code).toBe('AAA-BBBBB');
  });

  test('back again, learns what happened meanwhile', async () => {
    const { coBrowse, session, sessionId } = await withCode();
    coBrowse.disconnect();
    coBrowse.answer('Watch', () => ({
      ...{ state: 'live', verified: true, away: true, failures: 1 },
      page: { inScope: true, pageUrl: '/help', pageTitle: 'Help' },
    }));
    coBrowse.connect();
    await settle();
    expect(coBrowse.requests('Watch').at(-1)).toEqual({ sessionId });
    expect(session.state.get()).toMatchObject({
      phase: 'live',
      away: true,
      verified: true,
      page: { pageUrl: '/help' },
    });
  });
});

describe('a session', () => {
  test('goes from the code to its end as the events tell, each told to the ear', async () => {
    const { coBrowse, session, sessionId, announcer } = await withCode();
    const heard: string[] = [];
    announcer.polite.subscribe(() => heard.push(announcer.polite.get()?.say(en) ?? ''));
    coBrowse.emit('CodeTried', { sessionId, failures: 1 });
    coBrowse.emit('CustomerJoined', { sessionId, verified: true, returned: false });
    coBrowse.emit('ConsentGiven', { sessionId, endsAt: '2026-11-22T09:00:00Z' });
    coBrowse.emit('PageShown', { sessionId, page: { inScope: true, pageUrl: '/help', pageTitle: 'Help' } });
    coBrowse.emit('PageShown', { sessionId, page: { inScope: false } });
    coBrowse.emit('Paused', { sessionId });
    expect(session.state.get()).toMatchObject({ phase: 'paused', page: undefined });
    coBrowse.emit('Continued', { sessionId });
    coBrowse.emit('CustomerAway', { sessionId });
    coBrowse.emit('CustomerJoined', { sessionId, verified: true, returned: true });
    expect(session.state.get()).toMatchObject({ phase: 'live', away: false });
    coBrowse.emit('SessionEnded', { sessionId, reason: 'ended_by_customer' });
    expect(session.state.get()).toMatchObject({ phase: 'ended', endReason: 'ended_by_customer', code: undefined });
    expect(heard).toEqual(
      [
        en.coPilot.failures(1),
        en.coPilot.awaitingConsent,
        en.coPilot.live,
        en.coPilot.isOn('Help', '/help'),
        en.coPilot.privatePage,
        en.coPilot.paused,
        en.coPilot.live,
        en.coPilot.away,
        en.coPilot.live,
        en.coPilot.ended.ended_by_customer,
      ].map((text) => `Co-Pilot: ${text}`),
    );
  });

  test.each([false, true])('is watched anew when the customer joins, returned: %s', async (returned) => {
    const { coBrowse, sessionId } = await withCode();
    await settle();
    const before = coBrowse.requests('Watch').length;
    coBrowse.answer('Watch', () => ({ state: 'awaiting_consent', verified: true, away: false, failures: 0 }));
    coBrowse.emit('CustomerJoined', { sessionId, verified: true, returned });
    await settle();
    expect(coBrowse.requests('Watch').slice(before)).toEqual([{ sessionId }]);
  });

  test('is not put back by an answer that was made before an event', async () => {
    const { coBrowse, session, sessionId } = await withCode();
    let answer: (() => void) | undefined;
    coBrowse.answer(
      'Watch',
      () =>
        new Promise((resolve) => {
          answer = () => {
            resolve({ state: 'issued', verified: false, away: false, failures: 0 });
          };
        }),
    );
    session.look();
    await settle();
    coBrowse.emit('CustomerJoined', { sessionId, verified: true, returned: false });
    coBrowse.answer('Watch', () => ({ state: 'awaiting_consent', verified: true, away: false, failures: 0 }));
    answer?.();
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'awaiting_consent', verified: true });
  });

  test('of another agent’s window changes nothing here', async () => {
    const { coBrowse, session } = await withCode();
    coBrowse.emit('SessionEnded', { sessionId: 'another', reason: 'idle' });
    expect(session.state.get().phase).toBe('issued');
  });

  test('ended by the agent keeps that reason', async () => {
    const { coBrowse, session, sessionId } = await withCode();
    await session.end();
    coBrowse.emit('SessionEnded', { sessionId, reason: 'idle' });
    expect(coBrowse.requests('End')).toEqual([{ sessionId }]);
    expect(session.state.get().endReason).toBe('ended_by_agent');
  });

  test('says when ending it did not work, until the connection is back', async () => {
    const { coBrowse, session } = await withCode();
    coBrowse.refuse('End', 'unavailable');
    await session.end();
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'issued', problem: 'unavailable', isEnding: false });
    coBrowse.disconnect();
    coBrowse.connect();
    await settle();
    expect(session.state.get().problem).toBeUndefined();
  });
});

describe('after a reload', () => {
  test('the session and its code are found again, and no code was kept', async () => {
    const first = await withCode('contact1');
    first.desk.dispose();
    const kept = Array.from({ length: sessionStorage.length }, (_, index) =>
      sessionStorage.getItem(sessionStorage.key(index) ?? ''),
    ).join();
    expect(kept).toContain(first.sessionId);
    expect(kept).not.toContain('K7P');

    const { desk, coBrowse } = openDesk();
    const [session] = desk.coPilot.sessions.get();
    expect(coBrowse.isStarted).toBe(true);
    expect(session?.state.get().phase).toBe('loading');
    coBrowse.connect();
    await settle();
    expect(coBrowse.called.map((call) => call.method)).toEqual(['Watch', 'CreateCode']);
    expect(coBrowse.requests('CreateCode')).toEqual(first.coBrowse.requests('CreateCode'));
    expect(session?.state.get()).toMatchObject({ phase: 'issued', code: 'K7P-4WXYZ', sessionId: first.sessionId });
    expect(session?.mayTakeFocus).toBe(false);
  });

  test('one that the server does not know any more has ended', async () => {
    (await withCode()).desk.dispose();
    const { desk, coBrowse } = openDesk();
    coBrowse.refuse('Watch', 'not_found');
    coBrowse.connect();
    await settle();
    expect(desk.coPilot.sessions.get()[0]?.state.get().phase).toBe('ended');
    desk.dispose();
    expect(openDesk().coBrowse.isStarted).toBe(false);
  });
});

describe('another code', () => {
  test('takes the place of the one that it voids', async () => {
    const { desk, coBrowse, session, sessionId } = await withCode();
    const next = desk.coPilot.requestCode();
    expect(desk.coPilot.sessions.get()).toEqual([session, next]);
    coBrowse.emit('SessionEnded', { sessionId, reason: 'replaced' });
    expect(desk.coPilot.sessions.get()).toEqual([next]);
  });

  test('leaves a session in sight whose code was used just before', async () => {
    const { desk, coBrowse, session, sessionId } = await withCode();
    const next = desk.coPilot.requestCode();
    coBrowse.emit('CustomerJoined', { sessionId, verified: false, returned: false });
    await settle();
    expect(desk.coPilot.sessions.get()).toEqual([session, next]);
  });

  test('that comes after it was given up is ended', async () => {
    const { desk, coBrowse } = openDesk();
    coBrowse.connect();
    const session = desk.coPilot.requestCode();
    desk.coPilot.dismiss(session);
    await settle();
    expect(coBrowse.requests('End')).toEqual([{ sessionId: `session of ${session.requestId}` }]);
    expect(desk.coPilot.sessions.get()).toEqual([]);
  });
});

test('what goes on in a chat that is not open is told as a notice with the customer’s name', async () => {
  const hub = new FakeHub();
  hub.answer('SetStatus', () => ({ ...nobody, contacts: [contact(1), contact(2)] }));
  hub.answer('Join', (request) => joined(request.conversationId, [entry(1)]));
  const { desk, coBrowse, said } = openDesk(hub);
  hub.connect();
  await settle();
  desk.chats.select('contact2');
  desk.coPilot.requestCode('contact1');
  coBrowse.connect();
  await settle();
  expect(said()).toEqual([`Co-Pilot, Carla Customer: ${en.coPilot.codeIs('K, 7, P; 4, W, X, Y, Z')}`]);
});

test('a code is spelled one character after the other', () => {
  expect(spelled('K7P-4WXYZ')).toBe('K, 7, P; 4, W, X, Y, Z');
});
