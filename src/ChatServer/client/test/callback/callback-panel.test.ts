// @vitest-environment jsdom
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CallbackWorld, names, NOW, settle } from './callback-world';

describe('a customer asks to be called', () => {
  let world: CallbackWorld;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe = () => undefined;
      },
    );
    document.body.replaceChildren();
    world = new CallbackWorld();
    return () => {
      vi.useRealTimers();
    };
  });

  const findings = async (root: ShadowRoot) => {
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const { violations } = await axe.run(root.host, { rules });
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join()}`);
  };

  test('now, by a number as it is written at home, and nothing is kept of it', async () => {
    const tab = world.tab();
    await tab.askForm();
    expect(tab.text).toContain('2 people are in line');
    tab.write('#phone', '06 12345678');
    tab.write('#callback-note', 'The kettle');
    tab.button('Call me back').click();
    await settle();
    expect(world.server.calls).toEqual([]);
    world.server.goOnline();
    await settle();
    expect(world.server.calls[0]).toMatchObject({
      method: 'RequestCallback',
      request: { topic: 'orders', phone: '+31612345678', note: 'The kettle' },
    });
    expect(tab.find('h3').textContent).toBe('We will call you when it is your turn');
    expect(tab.root.activeElement).toBe(tab.find('h3'));
    expect(tab.text).toContain('You are number 3 in line');
    expect(tab.find('.manage a').getAttribute('href')).toBe('https://shop.example/callback#YjE.x1x2x3x4x5x6x7x8x9x0');
    expect(
      JSON.stringify(
        [...Array(world.shared.length).keys()].map((at) => world.shared.getItem(world.shared.key(at) ?? '')),
      ),
    ).not.toMatch(/12345678|YjE/);
  });

  test('at a free time, which is the shop’s and not that of this browser', async () => {
    const tab = world.tab();
    await tab.askForm();
    tab.find('#asked-when-later').click();
    await settle();
    expect(tab.text).toContain('Times are in Central European Time.');
    const [today, tomorrow] = tab.list('#asked-when-day').options;
    expect([today?.text, tomorrow?.text]).toEqual(['Today', 'Tomorrow']);
    expect([...tab.list('#asked-when-time').options].map((each) => each.text)).toEqual([
      'Choose…',
      '3:00 PM',
      '3:15 PM',
    ]);
    tab.write('#phone', '0612345678');
    tab.button('Call me back').click();
    await settle();
    expect(tab.text).toContain('Choose a time.');
    expect(tab.root.activeElement).toBe(tab.find('#asked-when-time'));
    tab.choose('#asked-when-time', String(Date.parse('2026-11-23T14:15:00Z')));
    tab.button('Call me back').click();
    await settle();
    world.server.goOnline();
    await settle();
    expect(world.server.calls[0]).toMatchObject({ request: { when: '2026-11-23T14:15:00.000Z' } });
    expect(tab.find('h3').textContent).toBe('We will call you today at 3:15 PM');
  });

  test('for a time that is taken meanwhile: the times are read again, and it is said', async () => {
    const tab = world.tab();
    await tab.askForm();
    tab.find('#asked-when-later').click();
    await settle();
    tab.choose('#asked-when-time', String(Date.parse('2026-11-23T14:00:00Z')));
    tab.write('#phone', '0612345678');
    world.server.refuse = () => 'queue_full';
    world.times = world.times.slice(1);
    tab.button('Call me back').click();
    await settle();
    world.server.goOnline();
    await settle();
    expect(tab.text).toContain('Somebody was quicker: this time is taken.');
    const times = tab.list('#asked-when-time');
    expect([...times.options].map((each) => each.text)).toEqual(['Choose…', '3:15 PM']);
    expect(times.value).toBe('');
  });

  test.each([
    ['', 'Fill in your telephone number.'],
    ['06 1234', 'This number is too short. Is there a digit missing?'],
    ['0900 1234', 'We cannot call this kind of number.'],
    ['+32 470 12 34 56', 'We can only call numbers that begin with +31.'],
  ])('at %j: says what is wrong, at the field', async (typed, sentence) => {
    const tab = world.tab();
    await tab.askForm();
    tab.write('#phone', typed);
    // The field keeps the focus until it is checked.
    const pressed = new MouseEvent('mousedown', { cancelable: true });
    expect(tab.button('Call me back').dispatchEvent(pressed)).toBe(false);
    tab.button('Call me back').click();
    await settle();
    expect(tab.find('#phone-error').textContent).toBe(sentence);
    expect(tab.root.activeElement).toBe(tab.find('#phone'));
    expect(world.server.calls).toEqual([]);
  });

  test('while it is closed: later is all there is, and it says when it opens', async () => {
    world.isOpen = false;
    world.opensAt = '2026-11-24T08:00:00Z';
    const tab = world.tab();
    await tab.askForm();
    expect(tab.input('#asked-when-now').disabled).toBe(true);
    expect(tab.input('#asked-when-later').checked).toBe(true);
    expect(tab.find('.when-note').textContent).toBe('We are closed now and open tomorrow at 9:00 AM.');
  });

  test('moves it, and cancels it when asked twice', async () => {
    const tab = world.tab();
    await tab.asked(world);
    tab.button('Another time').click();
    await settle();
    tab.find('#moved-when-later').click();
    await settle();
    tab.choose('#moved-when-time', String(Date.parse('2026-11-23T14:00:00Z')));
    tab.button('Save this time').click();
    await settle();
    expect(tab.find('h3').textContent).toBe('We will call you today at 3:00 PM');
    expect(tab.root.activeElement).toBe(tab.find('h3'));
    tab.button('Cancel the call-back').click();
    expect(tab.root.activeElement).toBe(tab.button('Keep it'));
    tab.find('.question-box').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(tab.root.activeElement).toBe(tab.button('Cancel the call-back'));
    tab.button('Cancel the call-back').click();
    tab.find('.danger').click();
    await settle();
    expect(tab.find('h3').textContent).toBe('You cancelled this call-back.');
    tab.button('Ask something else').click();
    await settle();
    expect(tab.text).toContain('How can we help?');
    expect(world.shared.getItem(names.callbacks)).toBeNull();
  });

  test('sees the tries, the next one, and who calls', async () => {
    const tab = world.tab();
    await tab.asked(world);
    world.server.changeCallback({ state: 'offered' });
    await settle();
    expect(tab.find('h3').textContent).toBe('It is your turn. We are asking a colleague to call you');
    world.server.changeCallback({ state: 'active', agent: { agentId: 'a1', name: 'Kim' } });
    await settle();
    expect(tab.find('h3').textContent).toBe('Kim is calling you');
    expect(tab.text).not.toContain('Another time');
    const due = '2026-11-23T10:20:00Z';
    world.server.changeCallback({
      state: 'scheduled',
      dueAt: due,
      agent: undefined,
      position: undefined,
      attemptsLeft: 2,
      callback: {
        phone: '+31 •••• 5678',
        attempts: [{ at: NOW.toISOString(), outcome: 'no_answer' }],
        dueAt: due,
        nextAttemptAt: due,
      },
    });
    await settle();
    expect(tab.find('h3').textContent).toBe('We will try again today at 11:20 AM');
    expect(tab.text).toContain('We called today at 11:00 AM, and nobody answered.');
    expect(tab.text).toContain('We try 2 more times at most.');
    world.server.changeCallback({ state: 'offered', dueAt: undefined, attemptsLeft: 1 });
    await settle();
    expect(tab.text).toContain('This is our last try.');
  });

  test('is told how it ended, and asks for another one where nobody spoke to them', async () => {
    const tab = world.tab();
    await tab.asked(world);
    const attempts = ['no_answer', 'busy'].map((outcome) => ({ at: NOW.toISOString(), outcome }));
    world.server.changeCallback({ state: 'closed', callback: { phone: '+31 •••• 5678', attempts } }, 'not_reached');
    await settle();
    expect(tab.find('h3').textContent).toBe('We called you 2 times and could not reach you.');
    expect(tab.text).toContain('Do you still want us to call?');
    const reads = world.server.count('GetCallback');
    world.server.goOnline();
    await settle();
    expect(world.server.count('GetCallback')).toBe(reads);
    tab.button('Ask for another call-back').click();
    await settle();
    expect(tab.text).toContain('We call you back');
    expect(world.shared.getItem(names.callbacks)).toBeNull();
    tab.button('Back').click();
    await settle();
    expect(tab.controller.state).toMatchObject({ view: 'form', topic: 'orders' });
  });

  test('is told after a reload how it ended', async () => {
    await world.tab().asked(world);
    world.server.changeCallback({ state: 'closed', position: undefined }, 'reached');
    const after = world.tab();
    after.controller.open();
    await settle();
    world.server.goOnline();
    await settle();
    expect(after.find('h3').textContent).toBe('We reached you. Thank you for waiting.');
    expect(() => after.button('Ask for another call-back')).toThrow('There is no button');
  });

  test('waits while the shop is closed, and knows until when', async () => {
    const tab = world.tab();
    await tab.asked(world);
    world.isOpen = false;
    world.opensAt = '2026-11-24T08:00:00Z';
    world.server.goOnline();
    await settle();
    expect(tab.text).toContain('You are number 3 in line');
    expect(tab.text).toContain('We are closed now. You keep your place, and we go on tomorrow at 9:00 AM.');
  });

  test('goes on after a reload, once somebody looks, and in a second tab', async () => {
    await world.tab().asked(world);
    const after = world.tab();
    await settle();
    const before = world.server.count('GetCallback');
    after.controller.resume();
    await settle();
    expect(after.controller.state.view).toBe('topics');
    after.controller.open();
    await settle();
    world.server.goOnline();
    await settle();
    expect(world.server.count('GetCallback')).toBe(before + 2);
    expect(after.find('h3').textContent).toBe('We will call you when it is your turn');
    after.button('Ask something else meanwhile').click();
    await settle();
    after.button('Your call-back').click();
    await settle();
    expect(after.find('h3').textContent).toBe('Opening your call-back…');
  });

  test('instead of a chat, in the same place, and back to one', async () => {
    const tab = world.tab();
    tab.controller.open('orders');
    tab.controller.start('Sam', 'hello');
    world.server.goOnline();
    await settle();
    tab.button('Call me back instead').click();
    await settle();
    expect(tab.text).toContain('You keep your place in line.');
    tab.button('Back').click();
    await settle();
    expect(tab.find('.status-text').textContent).toBe('You are number 3 in line');
    tab.button('Call me back instead').click();
    await settle();
    tab.write('#phone', '0612345678');
    tab.find('.callback form .primary').click();
    await settle();
    expect(world.server.calls.findLast((call) => call.method === 'RequestCallback')).toMatchObject({
      request: { contactId: 'x1' },
    });
    expect(tab.find('h3').textContent).toBe('We will call you when it is your turn');
    expect(world.shared.getItem(names.chat)).toBeNull();
    tab.button('Chat instead').click();
    await settle();
    world.server.goOnline();
    await settle();
    expect(world.server.calls.findLast((call) => call.method === 'StartChat')).toMatchObject({
      request: { contactId: 'x1', topic: 'orders' },
    });
    expect(tab.find('.status-text').textContent).toBe('You are number 3 in line');
    expect(tab.text).toContain('hello');
    expect(world.shared.getItem(names.callbacks)).toBeNull();
  });

  test('instead of a chat that a second tab shows too: it follows', async () => {
    const here = world.tab();
    here.controller.open('orders');
    here.controller.start('Sam', 'hello');
    world.server.goOnline();
    await settle();
    const there = world.tab();
    there.controller.resume();
    there.controller.open();
    world.server.goOnline();
    await settle();
    here.button('Call me back instead').click();
    await settle();
    here.write('#phone', '0612345678');
    here.find('.callback form .primary').click();
    await settle();
    there.controller.storageChanged(names.callbacks, world.shared.getItem(names.callbacks));
    there.controller.storageChanged(names.chat, world.shared.getItem(names.chat));
    await settle();
    expect(there.find('h3').textContent).toBe('We will call you when it is your turn');
    here.button('Chat instead').click();
    await settle();
    there.controller.storageChanged(names.callbacks, null);
    there.controller.storageChanged(names.chat, world.shared.getItem(names.chat));
    world.server.goOnline();
    await settle();
    expect(there.find('.status-text').textContent).toBe('You are number 3 in line');
  });

  test('asks again over a lost connection, with the same id', async () => {
    const tab = world.tab();
    await tab.askForm();
    tab.write('#phone', '0612345678');
    tab.button('Call me back').click();
    await settle();
    expect(tab.button('One moment…').getAttribute('aria-disabled')).toBe('true');
    tab.button('Back').click();
    await settle();
    expect(tab.button('One moment…')).toBeDefined();
    world.server.goOnline();
    await settle();
    expect(tab.find('h3').textContent).toBe('We will call you when it is your turn');
    expect(world.server.count('RequestCallback')).toBe(1);
  });

  test('instead of a chat that somebody has just taken: it stays the chat', async () => {
    const tab = world.tab();
    tab.controller.open('orders');
    tab.controller.start('Sam', 'hello');
    world.server.goOnline();
    await settle();
    tab.button('Call me back instead').click();
    await settle();
    world.server.accept();
    world.server.refuse = (method) => (method === 'RequestCallback' ? 'conflict' : undefined);
    tab.write('#phone', '0612345678');
    tab.find('.callback form .primary').click();
    await settle();
    expect(tab.find('.status-text').textContent).toBe('You are chatting with Kim');
  });

  test('the form and the card pass the accessibility rules', async () => {
    const tab = world.tab();
    await tab.askForm();
    tab.find('#asked-when-later').click();
    await settle();
    expect(await findings(tab.root)).toEqual([]);
    tab.find('#asked-when-now').click();
    tab.write('#phone', '0612345678');
    tab.button('Call me back').click();
    world.server.goOnline();
    await settle();
    world.server.goOnline();
    await settle();
    tab.button('Another time').click();
    await settle();
    expect(await findings(tab.root)).toEqual([]);
  });
});
