// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { en } from '../src/locales/en';
import type { FakeHub } from './fakeHub';
import { nobody } from './fakeHub';
import { contact, entry, joined, offered, openDesk, settle } from './fixtures';

beforeEach(() => {
  sessionStorage.clear();
});

const agent = { role: 'agent', id: 'a1', name: 'Ada Agent' };

/** A hub whose conversations grow by what is sent to them. */
function withServer(hub: FakeHub): Map<string, ReturnType<typeof entry>[]> {
  const logs = new Map<string, ReturnType<typeof entry>[]>();
  hub.answer('Join', (request) => {
    const log = logs.get(request.conversationId) ?? [];
    return joined(
      request.conversationId,
      log.filter((one) => one.seq > request.afterSeq),
      { lastSeq: log.length },
    );
  });
  const append = (kind: string) => (request: { conversationId: string; messageId: string; text: string }) => {
    const log = logs.get(request.conversationId) ?? [];
    logs.set(request.conversationId, log);
    const known = log.find((one) => one.messageId === request.messageId);
    const message =
      known ?? entry(log.length + 1, { author: agent, kind, messageId: request.messageId, text: request.text });
    if (!known) {
      log.push(message);
    }
    return { seq: message.seq, sentAt: message.sentAt, duplicate: known !== undefined };
  };
  hub.answer('Send', append('text'));
  hub.answer('AddNote', append('note'));
  return logs;
}

async function withOneChat() {
  const opened = openDesk();
  const logs = withServer(opened.hub);
  logs.set('conversation1', [entry(1)]);
  opened.hub.answer('SetStatus', () => ({ ...nobody, status: 'available', load: 1, contacts: [contact(1)] }));
  opened.hub.connect();
  await settle();
  const chat = opened.desk.chats.find('contact1');
  if (!chat) {
    throw new Error('The chat is not there.');
  }
  return { ...opened, logs, chat };
}

describe('a desk that connects', () => {
  test('asks for its status without changing it, and shows its chats and offer', async () => {
    const { desk, hub } = openDesk();
    withServer(hub).set('conversation1', [entry(1), entry(2)]);
    hub.answer('SetStatus', () => ({ ...nobody, status: 'away', load: 2, contacts: [contact(1)], offer: offered() }));
    hub.connect();
    await settle();
    expect(hub.requests('SetStatus')).toEqual([{}]);
    expect(desk.status.state.get()).toMatchObject({ status: 'away', load: 2, wasSetOffline: false });
    expect(desk.chats.find('contact1')?.conversation.state.get().entries).toHaveLength(2);
    expect(desk.chats.unread.get()).toBe(2);
    expect(desk.offers.state.get()?.offerId).toBe('o1');
  });

  test('keeps an ended chat readable over a reload until it is dismissed', async () => {
    const first = await withOneChat();
    first.desk.dispose();

    const { desk, hub } = openDesk();
    hub.answer('Join', (request) => joined(request.conversationId, [entry(1)], { state: 'closed' }));
    hub.connect();
    await settle();
    expect(desk.chats.find('contact1')?.conversation.state.get().phase).toBe('ended');
    desk.dismiss('contact1');
    expect(desk.chats.state.get().chats).toHaveLength(0);
    expect(hub.requests('Leave')).toHaveLength(1);
  });
});

describe('a lost connection', () => {
  test('keeps what was written and sends it once, in order, when it is back', async () => {
    const { hub, logs, chat } = await withOneChat();
    hub.swallow('Send');
    chat.conversation.write('one', 'text');
    await settle();
    hub.disconnect();
    chat.conversation.write('two', 'note');
    chat.conversation.write('three', 'text');
    await settle();
    expect(chat.conversation.state.get().unsent.map((item) => item.text)).toEqual(['one', 'two', 'three']);

    const answers = withServer(hub);
    answers.set('conversation1', logs.get('conversation1') ?? []);
    hub.connect();
    await settle();
    expect(answers.get('conversation1')?.map((one) => one.text)).toEqual(['text 1', 'one', 'two', 'three']);
    // The server's push, or the next join, shows them; until then they stay on the screen as sent.
    chat.conversation.follow();
    await settle();
    expect(chat.conversation.state.get().unsent).toEqual([]);
    expect(chat.conversation.state.get().entries.map((one) => one.seq)).toEqual([1, 2, 3, 4]);
  });

  test('keeps unsent messages and drafts over a reload', async () => {
    const first = await withOneChat();
    first.hub.disconnect();
    first.chat.conversation.write('written offline', 'text');
    first.desk.drafts.change('conversation1', { text: 'half a' });
    first.desk.dispose();

    const second = await withOneChat();
    expect(second.logs.get('conversation1')?.map((one) => one.text)).toEqual(['text 1', 'written offline']);
    expect(second.desk.drafts.of('conversation1').text).toBe('half a');
  });

  test('tells honestly that the server set the agent offline, and does not undo it', async () => {
    const { desk, hub } = openDesk();
    hub.answer('SetStatus', ({ status }) => ({ ...nobody, status: status ?? 'available' }));
    hub.connect();
    await desk.setStatus('available');
    await settle();
    hub.disconnect();
    hub.answer('SetStatus', ({ status }) => ({ ...nobody, status: status ?? 'offline' }));
    hub.connect();
    await settle();
    expect(desk.status.state.get()).toMatchObject({ status: 'offline', wasSetOffline: true });
    expect(hub.requests('SetStatus').at(-1)).toEqual({});
    await desk.setStatus('available');
    expect(desk.status.state.get()).toMatchObject({ status: 'available', wasSetOffline: false });
  });

  test('is named as the reason when the chats went back to the queue meanwhile', async () => {
    const { desk, hub, said } = await withOneChat();
    hub.disconnect();
    hub.answer('SetStatus', () => nobody);
    hub.refuse('Join', 'not_found');
    hub.connect();
    await settle();
    expect(desk.chats.state.get().chats).toHaveLength(0);
    expect(said()).toEqual([en.notices.agent_gone('Carla Customer')]);
  });

  test('is no reason to call an agent who chose offline set offline', async () => {
    const { desk, hub } = openDesk();
    hub.answer('SetStatus', ({ status }) => ({ ...nobody, status: status ?? 'offline' }));
    hub.connect();
    await desk.setStatus('offline');
    await settle();
    expect(desk.status.state.get().wasSetOffline).toBe(false);
  });

  test('catches up what was said meanwhile', async () => {
    const { hub, logs, chat } = await withOneChat();
    hub.disconnect();
    logs.get('conversation1')?.push(entry(2));
    hub.connect();
    await settle();
    expect(chat.conversation.state.get().entries).toHaveLength(2);
  });
});

describe('what the server pushes', () => {
  test('a message counts as unread until it is read, here or in another window', async () => {
    const { desk, hub, chat } = await withOneChat();
    hub.emit('Message', { conversationId: 'conversation1', epoch: 'e1', message: entry(2) });
    expect(desk.chats.unread.get()).toBe(2);
    chat.conversation.markRead();
    await settle();
    expect(desk.chats.unread.get()).toBe(0);
    expect(hub.requests('MarkRead')).toEqual([{ conversationId: 'conversation1', seq: 2 }]);
    chat.conversation.markRead();
    expect(hub.requests('MarkRead')).toHaveLength(1);
    hub.emit('Message', { conversationId: 'conversation1', epoch: 'e1', message: entry(3) });
    hub.emit('Read', { conversationId: 'conversation1', participantId: 'a1', role: 'agent', seq: 3 });
    expect(desk.chats.unread.get()).toBe(0);
  });

  test('a contact that went to somebody else leaves the list, with the reason', async () => {
    const { desk, hub, said } = await withOneChat();
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available' }));
    hub.refuse('Join', 'not_found');
    hub.emit('ContactChanged', { contactId: 'contact1', state: 'waiting', reason: 'agent_gone' });
    await settle();
    expect(desk.chats.state.get().chats).toHaveLength(0);
    expect(said()).toEqual([en.notices.agent_gone('Carla Customer')]);
  });

  test('words for a chat that went away are lost openly, and do not go out when it comes back', async () => {
    const { desk, hub, chat, logs, said } = await withOneChat();
    hub.disconnect();
    chat.conversation.write('too late', 'text');
    hub.answer('SetStatus', () => ({ ...nobody, status: 'offline' }));
    hub.refuse('Join', 'not_found');
    hub.connect();
    await settle();
    expect(said()).toContain(en.notices.unsentLost('Carla Customer'));

    withServer(hub).set('conversation1', logs.get('conversation1') ?? []);
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
    desk.refresh();
    await settle();
    expect(desk.chats.find('contact1')?.conversation.state.get()).toMatchObject({ phase: 'open', unsent: [] });
    expect(hub.requests('Send')).toHaveLength(0);
  });

  test('a chat that this agent passed on leaves without a notice', async () => {
    const { desk, hub, said } = await withOneChat();
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available' }));
    await desk.transfer({ requestId: 'r1', contactId: 'contact1', queue: 'payments' }, 'knows nothing yet');
    await settle();
    expect(hub.requests('Transfer')[0]).toMatchObject({ queue: 'payments', note: 'knows nothing yet' });
    expect(desk.chats.state.get().chats).toHaveLength(0);
    expect(said()).toEqual([]);
  });

  test('an offer that came while the status was asked for is not undone by the answer', async () => {
    const { desk, hub } = openDesk();
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available' }));
    hub.connect();
    hub.emit('Offered', offered());
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', offer: offered() }));
    await settle();
    expect(desk.offers.state.get()?.offerId).toBe('o1');
  });

  test('an offer accepted in another window brings the chat here too', async () => {
    const { desk, hub } = openDesk();
    withServer(hub);
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', offer: offered() }));
    hub.connect();
    await settle();
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
    hub.emit('OfferWithdrawn', { offerId: 'o1', reason: 'accepted' });
    await settle();
    expect(desk.offers.state.get()).toBeUndefined();
    expect(desk.chats.find('contact1')).toBeDefined();
  });
});

describe('accepting an offer', () => {
  test('opens the chat at once', async () => {
    const { desk, hub } = openDesk();
    withServer(hub).set('conversation1', [entry(1)]);
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', offer: offered() }));
    hub.connect();
    await settle();
    hub.answer('AcceptOffer', () => ({ contactId: 'contact1', conversationId: 'conversation1' }));
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
    await desk.acceptOffer();
    expect(desk.chats.selected?.contactId).toBe('contact1');
    await settle();
    expect(desk.chats.state.get().chats).toHaveLength(1);
    expect(desk.chats.selected?.conversation.state.get().entries).toHaveLength(1);
  });

  test('joins again when the conversation does not know the agent yet', async () => {
    const { desk, hub } = openDesk();
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', offer: offered() }));
    hub.connect();
    await settle();
    hub.answer('AcceptOffer', () => ({ contactId: 'contact1', conversationId: 'conversation1' }));
    let refusals = 0;
    hub.answer('SetStatus', () => {
      if (++refusals === 1) {
        withServer(hub).set('conversation1', [entry(1)]);
      }
      return { ...nobody, status: 'available', contacts: [contact(1)] };
    });
    hub.refuse('Join', 'not_found');
    await desk.acceptOffer();
    await settle();
    expect(desk.chats.find('contact1')?.conversation.state.get().phase).toBe('open');
  });
});

describe('the list of chats', () => {
  test('keeps its order, with ended ones last, and steps round', async () => {
    const { desk, hub } = openDesk();
    withServer(hub);
    hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(3), contact(1), contact(2)] }));
    hub.connect();
    await settle();
    const order = () => desk.chats.state.get().chats.map((chat) => chat.contactId);
    expect(order()).toEqual(['contact1', 'contact2', 'contact3']);
    hub.emit('Message', {
      conversationId: 'conversation1',
      epoch: 'e1',
      message: entry(1, { kind: 'event', text: 'ended', data: { by: 'customer' } }),
    });
    expect(order()).toEqual(['contact2', 'contact3', 'contact1']);
    desk.step(-1);
    expect(desk.chats.selected?.contactId).toBe('contact1');
    desk.step(1);
    expect(desk.chats.selected?.contactId).toBe('contact2');
  });
});
