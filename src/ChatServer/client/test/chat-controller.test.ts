import { beforeEach, describe, expect, test } from 'vitest';
import { ChatController } from '../src/chat-controller';
import { BrowserStorage } from '@copilot/shop-page';
import { keptNames } from '../src/launcher/kept-names';
import { CUSTOMER, FakeChatServer } from './fake-chat-server';

const blocked = () => {
  throw new Error('blocked');
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const names = keptNames('demo');

describe('a customer chats', () => {
  let server: FakeChatServer;
  let shared: BrowserStorage;
  let own: BrowserStorage;
  let isSignedIn: boolean;

  const customer = { customerId: CUSTOMER, token: 't', expiresAt: '', verified: false };
  const tab = (topics: readonly string[] = ['orders', 'gift-cards']) => {
    const controller = new ChatController({
      site: 'demo',
      topics,
      pageUrl: 'https://shop.example/help',
      names,
      shared,
      own,
      identity: { known: customer, current: () => Promise.resolve(customer) },
      coPilot: { canJoin: () => false, join: () => Promise.resolve() },
      isSignedIn: () => Promise.resolve(isSignedIn),
      openSession: server.openSession,
      api: {
        callbackTimes: () => Promise.reject(new Error('Nobody asks.')),
        contactOptions: (_, topic) =>
          Promise.resolve({ queue: topic, channels: [{ channel: 'chat', available: topic === 'orders', waiting: 2 }] }),
      },
    });
    controller.setVisible(true);
    return controller;
  };
  const texts = (controller: ChatController) =>
    controller.state.rows.flatMap((row) =>
      row.kind === 'message' ? [`${row.text} ${row.delivery ?? ''}`.trim()] : [],
    );
  const started = async () => {
    const controller = tab();
    controller.open('orders');
    controller.start('Sam', 'hello');
    server.goOnline();
    await settle();
    return controller;
  };

  beforeEach(() => {
    server = new FakeChatServer();
    shared = new BrowserStorage(blocked);
    own = new BrowserStorage(blocked);
    isSignedIn = false;
  });

  test('nothing is kept or connected before the customer starts', async () => {
    const controller = tab();
    controller.open();
    await settle();
    expect(shared.length).toBe(0);
    expect(server.calls).toEqual([]);
    expect(controller.state.topics).toMatchObject([
      { topic: 'orders', availability: 'open', waiting: 2 },
      { topic: 'gift-cards', availability: 'closed' },
    ]);
  });

  test('from the first words to an agent', async () => {
    const controller = await started();
    expect(server.calls[0]).toMatchObject({
      method: 'StartChat',
      request: { topic: 'orders', name: 'Sam', text: 'hello', pageUrl: 'https://shop.example/help' },
    });
    expect(controller.state).toMatchObject({ view: 'conversation', stage: 'waiting', position: 3 });
    server.accept();
    server.say('good morning');
    controller.send('where is my order?');
    await settle();
    expect(controller.state).toMatchObject({ stage: 'active', agentName: 'Kim', unread: 0 });
    expect(texts(controller)).toEqual(['hello sent', 'good morning', 'where is my order? sent']);
    expect(server.count('Send')).toBe(1);
  });

  test('what is written without a connection goes out once and in order', async () => {
    const controller = tab();
    controller.open('orders');
    controller.start('', 'one');
    controller.send('two');
    await settle();
    expect(texts(controller)).toEqual(['one sending', 'two sending']);
    server.goOnline();
    await settle();
    server.goOnline(false);
    controller.send('three');
    controller.send('four');
    await settle();
    expect(controller.state.connection).toBe('reconnecting');
    server.goOnline();
    await settle();
    expect(server.log.map((entry) => entry.text)).toEqual(['one', 'two', 'three', 'four']);
    expect(texts(controller)).toEqual(['one sent', 'two sent', 'three sent', 'four sent']);
  });

  test('a reload goes on where it was, with what was not sent yet', async () => {
    const before = await started();
    server.goOnline(false);
    before.send('unsent');
    await settle();
    const after = tab();
    after.resume();
    await settle();
    expect(texts(after)).toEqual(['unsent sending']);
    server.say('meanwhile');
    server.goOnline();
    await settle();
    expect(texts(after)).toEqual(['hello sent', 'meanwhile', 'unsent sent']);
    expect(after.state).toMatchObject({ stage: 'waiting', position: 3, topic: 'orders' });
    expect(server.log.map((entry) => entry.text)).toEqual(['hello', 'meanwhile', 'unsent']);
  });

  test('a second tab is live', async () => {
    const here = await started();
    const there = tab();
    there.storageChanged(names.chat, shared.getItem(names.chat));
    server.goOnline();
    await settle();
    here.send('from here');
    there.send('from there');
    await settle();
    expect(texts(here).toSorted()).toEqual(['from here sent', 'from there sent', 'hello sent']);
    expect(texts(there)).toEqual(texts(here));
    expect(server.count('StartChat')).toBe(1);
  });

  test.each(['outside_hours', 'queue_full'])(
    'a start refused with %s leads back to the form, words kept',
    async (code) => {
      server.refuse = (method) => (method === 'StartChat' ? code : undefined);
      const controller = await started();
      expect(controller.state).toMatchObject({ view: 'form', formError: code, refusedText: 'hello', name: 'Sam' });
      expect(shared.length).toBe(0);
      server.refuse = undefined;
      controller.start('Sam', 'again');
      server.goOnline();
      await settle();
      expect(texts(controller)).toEqual(['again sent']);
    },
  );

  test('counts what was not seen, and marks it read when it is', async () => {
    const controller = await started();
    controller.minimise();
    server.say('one');
    server.say('two');
    await settle();
    expect(controller.state.unread).toBe(2);
    controller.open();
    await settle();
    expect(controller.state.unread).toBe(0);
    expect(server.calls.at(-1)).toMatchObject({ method: 'MarkRead', request: { seq: 3 } });
  });

  test('a page out of sight reads nothing', async () => {
    const controller = await started();
    controller.setVisible(false);
    server.say('one');
    await settle();
    expect(controller.state.unread).toBe(1);
  });

  test('ending without a connection happens on the next one', async () => {
    const controller = await started();
    server.goOnline(false);
    controller.end();
    await settle();
    expect(controller.state).toMatchObject({ isEnding: true, stage: 'waiting' });
    server.goOnline();
    await settle();
    expect(controller.state).toMatchObject({ isEnding: false, stage: 'closed' });
  });

  test('an ended chat lets go of its connection, stays readable, and makes way for a new one', async () => {
    const controller = await started();
    controller.end();
    await settle();
    expect(controller.state).toMatchObject({ stage: 'closed', connection: 'stopped' });
    const again = tab();
    again.resume();
    server.goOnline();
    await settle();
    expect(texts(again)).toEqual(['hello sent']);
    again.startAgain();
    await settle();
    expect(again.state).toMatchObject({ view: 'topics', rows: [] });
    expect(shared.getItem(names.chat)).toBeNull();
  });

  test('what was in line when the chat ended is shown as not sent', async () => {
    const controller = await started();
    server.goOnline(false);
    controller.send('too late');
    server.answer('EndChat', {});
    server.goOnline();
    await settle();
    expect(texts(controller)).toEqual(['hello sent', 'too late failed']);
  });

  test('a chat that is not ours any more says so', async () => {
    shared.setItem(names.chat, JSON.stringify({ requestId: 'r', topic: 'orders', conversationId: 'k9' }));
    server.refuse = (method) => (method === 'Join' ? 'not_found' : undefined);
    const controller = tab();
    controller.resume();
    server.goOnline();
    await settle();
    expect(controller.state).toMatchObject({ stage: 'closed', lostCode: 'not_found' });
  });

  test('shows who is typing until they have written', async () => {
    const controller = await started();
    server.push('Typing', { conversationId: 'k1', author: { role: 'agent', id: 'a1', name: 'Kim' }, typing: true });
    await settle();
    expect(controller.state.typing).toBe('Kim');
    server.say('there');
    await settle();
    expect(controller.state.typing).toBeUndefined();
  });

  test('a signed-in customer finds the chat begun on another device', async () => {
    isSignedIn = true;
    server.hasChat = true;
    server.say('hello from before');
    const controller = tab();
    controller.open();
    await settle();
    server.goOnline();
    await settle();
    server.goOnline();
    await settle();
    expect(texts(controller)).toEqual(['hello from before']);
  });

  test('forgets the customer when the shop says so', async () => {
    const controller = await started();
    shared.setItem(names.customer, '{}');
    controller.forget();
    await settle();
    expect(shared.length).toBe(0);
    expect(controller.state).toMatchObject({ view: 'topics', rows: [] });
  });

  test('a page with one topic goes straight to the form', () => {
    expect(tab(['returns']).state).toMatchObject({ view: 'form', topic: 'returns', canGoBack: false });
  });
});
