// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { en } from '../src/locales/en';
import { nobody } from './fakeHub';
import { callback, contact, entry, joined, offeredCall, openDesk, settle } from './fixtures';

beforeEach(() => {
  sessionStorage.clear();
});

const available = { ...nobody, status: 'available' };

async function withOneCall(change = {}) {
  const opened = openDesk();
  opened.hub.answer('SetStatus', () => ({ ...available, load: 1, contacts: [callback(1, change)] }));
  opened.hub.answer('Join', (request) => joined(request.conversationId, [entry(1)]));
  opened.hub.connect();
  await settle();
  opened.desk.chats.select('contact1');
  return opened;
}

const ids = (contacts: readonly { readonly contactId: string }[]) => contacts.map((one) => one.contactId);

describe('a call-back', () => {
  test('opens with its number when its offer is accepted', async () => {
    const { desk, hub } = openDesk();
    hub.answer('SetStatus', () => ({ ...available, offer: offeredCall() }));
    hub.connect();
    await settle();
    const { callback: withNumber } = callback(1);
    hub.answer('AcceptOffer', () => ({ contactId: 'contact1', ...(withNumber && { callback: withNumber }) }));
    hub.answer('SetStatus', () => ({ ...available, contacts: [callback(1)] }));
    await desk.acceptOffer();
    expect(desk.chats.state.get().selectedId).toBe('contact1');
    expect(desk.calls.find('contact1')?.callback.phone).toBe('+31612345678');
    await settle();
    expect(ids(desk.calls.state.get())).toEqual(['contact1']);
    expect(desk.chats.state.get().chats).toHaveLength(0);
  });

  test('comes back with its number after a reload', async () => {
    const first = await withOneCall();
    first.desk.dispose();
    const { desk } = await withOneCall();
    expect(desk.chats.state.get().selectedId).toBe('contact1');
    expect(desk.calls.find('contact1')?.callback.phone).toBe('+31612345678');
  });

  test('that was a chat has its conversation, and counts once when stepping', async () => {
    const { desk, hub } = await withOneCall({ conversationId: 'conversation1' });
    hub.answer('SetStatus', () => ({
      ...available,
      contacts: [callback(1, { conversationId: 'conversation1' }), contact(2)],
    }));
    desk.refresh();
    await settle();
    expect(desk.chats.find('contact1')?.conversation.state.get().phase).toBe('open');
    desk.step(1);
    expect(desk.chats.state.get().selectedId).toBe('contact2');
    desk.step(1);
    expect(desk.chats.state.get().selectedId).toBe('contact1');
  });

  test('that the customer cancelled leaves, with the reason', async () => {
    const { desk, hub, said } = await withOneCall();
    hub.answer('SetStatus', () => available);
    hub.emit('ContactChanged', { contactId: 'contact1', state: 'closed', reason: 'ended_by_customer' });
    await settle();
    expect(desk.calls.state.get()).toEqual([]);
    expect(desk.chats.state.get().selectedId).toBeUndefined();
    expect(said()).toEqual([en.calls.notices.ended_by_customer('Carla Customer')]);
  });

  test('that was a chat and went elsewhere is told of once', async () => {
    const { desk, hub, said } = await withOneCall({ conversationId: 'conversation1' });
    hub.answer('SetStatus', () => available);
    hub.refuse('Join', 'not_found');
    hub.emit('ContactChanged', { contactId: 'contact1', state: 'waiting', reason: 'agent_gone' });
    await settle();
    expect(desk.calls.state.get()).toEqual([]);
    expect(desk.chats.state.get().chats).toEqual([]);
    expect(said()).toEqual([en.calls.notices.agent_gone('Carla Customer')]);
  });
});

describe('the outcome of a call', () => {
  test('stays on the screen with the time to finish up, until the agent is ready', async () => {
    const { desk, hub, said } = await withOneCall();
    const wrapUpUntil = new Date(Date.now() + 30_000).toISOString();
    hub.answer('CompleteCallback', () => ({ state: 'scheduled', nextAttemptAt: wrapUpUntil }));
    hub.answer('SetStatus', ({ status }) => (status === undefined ? { ...available, wrapUpUntil } : available));
    desk.calls.complete('contact1', 'no_answer');
    await settle();
    expect(desk.calls.find('contact1')?.result?.state).toBe('scheduled');
    expect(desk.status.state.get().wrapUpUntil).toBe(wrapUpUntil);
    expect(desk.chats.state.get().selectedId).toBe('contact1');
    hub.answer('SetStatus', () => available);
    await desk.readyNow();
    expect(hub.requests('SetStatus')).toContainEqual({ status: 'available' });
    expect(desk.status.state.get().wrapUpUntil).toBeUndefined();
    expect(desk.calls.state.get()).toEqual([]);
    expect(desk.chats.state.get().selectedId).toBeUndefined();
    expect(said()).toEqual([]);
  });

  test('that was answered with a lost connection is found out by asking again', async () => {
    const { desk, hub, said } = await withOneCall();
    hub.swallow('CompleteCallback');
    desk.calls.complete('contact1', 'reached');
    hub.disconnect();
    await settle();
    // The server has it: the contact is this agent's no more.
    hub.answer('SetStatus', () => available);
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    hub.connect();
    await settle();
    expect(desk.calls.find('contact1')?.result).toMatchObject({ outcome: 'reached', state: 'closed' });
    expect(said()).toEqual([]);
  });

  test('that came too late is said, and the call leaves', async () => {
    const { desk, hub, said } = await withOneCall();
    hub.refuse('CompleteCallback', 'stale');
    hub.answer('SetStatus', () => available);
    desk.calls.complete('contact1', 'reached');
    await settle();
    expect(desk.calls.state.get()).toEqual([]);
    expect(said()).toContain(en.calls.notices.outcomeLost('Carla Customer'));
  });

  test('takes the conversation away while the customer waits to be called again', async () => {
    const { desk, hub, said } = await withOneCall({ conversationId: 'conversation1' });
    hub.answer('CompleteCallback', () => ({ state: 'scheduled' }));
    hub.answer('SetStatus', () => available);
    hub.refuse('Join', 'not_found');
    desk.calls.complete('contact1', 'busy');
    await settle();
    expect(desk.chats.state.get().chats).toEqual([]);
    expect(desk.chats.state.get().selectedId).toBe('contact1');
    expect(said()).toEqual([]);
  });

  test('is put away by the next call', async () => {
    const { desk, hub } = await withOneCall();
    hub.answer('CompleteCallback', () => ({ state: 'closed' }));
    hub.answer('SetStatus', () => ({ ...available, offer: offeredCall({ contactId: 'contact2' }) }));
    desk.calls.complete('contact1', 'reached');
    await settle();
    const { callback: withNumber } = callback(2);
    hub.answer('AcceptOffer', () => ({ contactId: 'contact2', ...(withNumber && { callback: withNumber }) }));
    hub.answer('SetStatus', () => ({ ...available, contacts: [callback(2)] }));
    await desk.acceptOffer();
    await settle();
    expect(ids(desk.calls.state.get())).toEqual(['contact2']);
  });
});

describe('passing a call-back on', () => {
  test('takes it off the list without a notice', async () => {
    const { desk, hub, said } = await withOneCall();
    hub.answer('SetStatus', () => available);
    await desk.transfer({ requestId: 'r1', contactId: 'contact1', queue: 'payments' }, '');
    await settle();
    expect(hub.requests('Transfer')).toEqual([{ requestId: 'r1', contactId: 'contact1', queue: 'payments' }]);
    expect(desk.calls.state.get()).toEqual([]);
    expect(said()).toEqual([]);
  });
});
