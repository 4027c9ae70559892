// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CallbackWorld, names, NOW, settle, type Tab } from './callback-world';

describe('a customer with several call-backs', () => {
  let world: CallbackWorld;

  const rows = (tab: Tab) => [...tab.root.querySelectorAll<HTMLButtonElement>('.callback .way')];
  const texts = (tab: Tab) =>
    rows(tab).map((row) => [...row.querySelectorAll('.topic-text > *')].map((each) => each.textContent).join(' / '));
  const ORDERS = 'Orders and delivery / We will call you when it is your turn / +31 •••• 5678';
  const RETURNS = 'Returns and refunds / We will call you when it is your turn / +31 •••• 5678';

  /** One for each topic, the later one in sight. */
  const askedTwice = async () => {
    const tab = world.tab();
    await tab.asked(world);
    tab.button('Ask something else meanwhile').click();
    await settle();
    await tab.asked(world, 'returns');
    return tab;
  };

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

  test('finds each in a list, with its own link', async () => {
    const tab = await askedTwice();
    expect(tab.find('.manage a').getAttribute('href')).toContain('#YjI.');
    tab.button('Back').click();
    await settle();
    expect(tab.find('h3').textContent).toBe('Your call-backs');
    expect(tab.root.activeElement).toBe(tab.find('h3'));
    expect(texts(tab)).toEqual([ORDERS, RETURNS]);
    rows(tab)[0]?.focus();
    rows(tab)[0]?.click();
    await settle();
    expect(tab.find('.manage a').getAttribute('href')).toContain('#YjE.');
    expect(tab.root.activeElement).toBe(tab.find('h3'));
    tab.button('Ask something else meanwhile').click();
    await settle();
    expect(tab.text).toContain('How can we help?');
    tab.button('Your 2 call-backs').click();
    await settle();
    world.server.goOnline();
    await settle();
    expect(texts(tab)).toEqual([ORDERS, RETURNS]);
  });

  test('finds them after a reload and in a second tab', async () => {
    const here = await askedTwice();
    const after = world.tab();
    after.controller.open();
    await settle();
    world.server.goOnline();
    await settle();
    expect(texts(after)).toEqual([ORDERS, RETURNS]);
    rows(after)[1]?.click();
    await settle();
    after.button('Cancel the call-back').click();
    after.find('.danger').click();
    await settle();
    expect(here.find('h3').textContent).toBe('You cancelled this call-back.');
    expect(after.controller.state.openCallbacks).toEqual(['orders']);
    after.button('Ask something else').click();
    await settle();
    here.controller.storageChanged(names.callbacks, world.shared.getItem(names.callbacks));
    await settle();
    expect(here.controller.state.openCallbacks).toEqual(['orders']);
    expect(here.text).toContain('How can we help?');
  });

  test('is shown one that was asked for elsewhere, once a connection is there', async () => {
    const tab = await askedTwice();
    world.shared.setItem(names.callbacks, JSON.stringify({ callbacks: [{ contactId: 'b1', topic: 'orders' }] }));
    tab.button('Ask something else meanwhile').click();
    await settle();
    const after = world.tab();
    after.controller.open();
    await settle();
    world.server.goOnline();
    await settle();
    expect(after.find('h3').textContent).toBe('We will call you when it is your turn');
    after.button('Back').click();
    await settle();
    expect(texts(after)).toEqual([ORDERS, RETURNS]);
  });

  test('hears in the list what happens, and how one ended until it is left', async () => {
    const tab = await askedTwice();
    tab.button('Back').click();
    await settle();
    world.server.changeCallback({ state: 'active', position: undefined, agent: { agentId: 'a1', name: 'Kim' } });
    await settle();
    expect(texts(tab)[1]).toBe('Returns and refunds / Kim is calling you / +31 •••• 5678');
    expect(tab.find('.callback [role=status]').textContent).toBe('Returns and refunds: Kim is calling you');
    world.server.changeCallback({ state: 'closed' }, 'reached');
    await settle();
    expect(texts(tab)[1]).toContain('We reached you.');
    expect(tab.controller.state.openCallbacks).toEqual(['orders']);
    tab.button('Ask something else meanwhile').click();
    await settle();
    tab.button('Your call-back').click();
    await settle();
    expect(tab.find('h3').textContent).toBe('Opening your call-back…');
  });

  test('goes from one that is over to the others', async () => {
    const tab = await askedTwice();
    world.server.changeCallback({ state: 'closed' }, 'reached');
    await settle();
    tab.button('Back').click();
    await settle();
    expect(texts(tab)).toEqual([ORDERS, expect.stringContaining('We reached you.')]);
  });
});
