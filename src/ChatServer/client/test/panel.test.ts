// @vitest-environment jsdom
import { CallError } from '@copilot/contracts';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatController } from '../src/chat-controller';
import { BrowserStorage } from '@copilot/shop-page';
import { keptNames } from '../src/launcher/kept-names';
import { Panel } from '../src/view/panel';
import { CUSTOMER, FakeChatServer } from './fake-chat-server';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const customer = { customerId: CUSTOMER, token: 't', expiresAt: '', verified: false };

describe('the panel', () => {
  let server: FakeChatServer;
  let controller: ChatController;
  let panel: Panel;
  let root: ShadowRoot;
  let launcher: HTMLButtonElement;
  const coPilot = { canJoin: vi.fn(() => true), join: vi.fn<(code: string) => Promise<void>>(() => Promise.resolve()) };

  const find = (selector: string): HTMLElement => {
    const element = root.querySelector<HTMLElement>(selector);
    if (!element) {
      throw new Error(`There is no ${selector}.`);
    }
    return element;
  };
  const button = (label: string): HTMLButtonElement => {
    const found = [...root.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent) === label && each.closest('[hidden]') === null,
    );
    if (!found) {
      throw new Error(`There is no button ${label}.`);
    }
    return found;
  };
  const visibleText = () =>
    [...root.querySelectorAll('p, h3, button, strong')]
      .filter((each) => each.closest('[hidden]') === null)
      .map((each) => each.textContent)
      .join('\n');
  const write = (selector: string, text: string) => {
    const field = find(selector) as HTMLTextAreaElement;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    return field;
  };
  const press = (element: Element, key: string, init: KeyboardEventInit = {}) => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  };
  const started = async (text = 'hello') => {
    controller.open('orders');
    await settle();
    write('#text', text);
    button('Start chat').click();
    server.goOnline();
    await settle();
  };

  beforeEach(() => {
    coPilot.canJoin.mockReset().mockReturnValue(true);
    coPilot.join.mockReset().mockResolvedValue(undefined);
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe = () => undefined;
      },
    );
    document.body.replaceChildren();
    server = new FakeChatServer();
    const blocked = () => {
      throw new Error('blocked');
    };
    controller = new ChatController({
      site: 'demo',
      topics: ['orders', 'gift-cards', 'unheard-of'],
      pageUrl: '',
      names: keptNames('demo'),
      shared: new BrowserStorage(blocked),
      own: new BrowserStorage(blocked),
      identity: { known: customer, current: () => Promise.resolve(customer) },
      isSignedIn: () => Promise.resolve(false),
      coPilot,
      openSession: server.openSession,
      api: {
        callbackTimes: () => Promise.reject(new Error('Nobody asks.')),
        contactOptions: (_, topic) => {
          const available = topic !== 'gift-cards';
          return Promise.resolve({ queue: topic, channels: [{ channel: 'chat', available, waiting: 0 }] });
        },
      },
    });
    controller.setVisible(true);
    const host = document.createElement('div');
    document.body.append(host);
    root = host.attachShadow({ mode: 'open' });
    launcher = document.createElement('button');
    launcher.textContent = 'Chat';
    panel = new Panel({
      controller,
      locale: 'en',
      codePage: 'https://shop.example/help/co-pilot',
      callbackPage: undefined,
      loadCallback: () => Promise.reject(new Error('Nobody asks.')),
      returnFocus: () => {
        launcher.focus();
      },
    });
    root.append(panel.element, launcher);
  });

  test('shows the topics and whether they are open, unknown ones by their own word', async () => {
    controller.open();
    await settle();
    expect([...root.querySelectorAll('.topic')].map((each) => each.textContent)).toEqual([
      'Orders and deliveryOpen now',
      'Gift cardsClosed now',
      'unheard-ofOpen now',
    ]);
  });

  test('a closed topic cannot be started', async () => {
    controller.open('gift-cards');
    await settle();
    expect(button('Start chat').disabled).toBe(true);
    expect(visibleText()).toContain('Closed now');
  });

  test('asks for words before it starts', async () => {
    controller.open('orders');
    await settle();
    button('Start chat').click();
    expect(find('#form-error').textContent).toBe('Write a few words first.');
    expect(root.activeElement?.id).toBe('text');
    expect(server.calls).toEqual([]);
  });

  test('says how long it will be beside the place in line, until that is no longer known', async () => {
    await started();
    const inLine = { contactId: 'x1', conversationId: 'k1', state: 'waiting', position: 2 };
    server.push('ContactChanged', { ...inLine, estimatedWait: { minSeconds: 60, maxSeconds: 240 } });
    await settle();
    expect(find('.status-text').textContent).toBe('You are number 2 in line · expected wait 1 to 4 minutes');
    server.push('ContactChanged', inLine);
    await settle();
    expect(find('.status-text').textContent).toBe('You are number 2 in line');
  });

  test('says the place in line, then who is there', async () => {
    await started();
    expect(find('.status-text').textContent).toBe('You are number 3 in line');
    server.accept();
    await settle();
    expect(find('.status-text').textContent).toBe('You are chatting with Kim');
    expect(visibleText()).toContain('Kim has joined the chat');
  });

  test('sends with Enter, breaks the line with Shift+Enter, and leaves input methods alone', async () => {
    await started();
    const box = write('.composer textarea', 'where?');
    press(box, 'Enter', { shiftKey: true });
    press(box, 'Enter', { isComposing: true });
    expect(box.value).toBe('where?');
    press(box, 'Enter');
    await settle();
    expect(box.value).toBe('');
    expect(server.log.map((entry) => entry.text)).toEqual(['hello', 'where?']);
  });

  test('counts near the end and refuses what is too long before anything is sent', async () => {
    await started();
    const box = write('.composer textarea', 'x'.repeat(3_999));
    expect(find('.counter').textContent).toBe('1 character left');
    write('.composer textarea', 'x'.repeat(4_001));
    expect(find('.counter').textContent).toBe('1 character too many');
    press(box, 'Enter');
    await settle();
    expect(server.count('Send')).toBe(0);
    expect(box.value).toHaveLength(4_001);
  });

  test('hostile text is shown as text', async () => {
    await started('<img src=x onerror=alert(1)>\u202e');
    server.say('<script>alert(1)</script>');
    await settle();
    expect(root.querySelectorAll('.log img, .log script')).toHaveLength(0);
    expect(find('.log').textContent).toContain('<script>alert(1)</script>');
  });

  test('a refused message offers another try or to be deleted', async () => {
    await started();
    server.refuse = (method) => (method === 'Send' ? 'invalid' : undefined);
    write('.composer textarea', 'no');
    button('Send').click();
    write('.composer textarea', 'later');
    button('Send').click();
    await settle();
    expect(visibleText()).toContain('Not sent');
    expect(visibleText()).toContain('Waiting for the message above');
    server.refuse = undefined;
    button('Try again').click();
    await settle();
    expect(server.log.map((entry) => entry.text)).toEqual(['hello', 'no', 'later']);
  });

  test('rows keep their elements while they change, so that nothing is announced twice', async () => {
    await started();
    server.goOnline(false);
    controller.send('mine');
    await settle();
    const before = [...root.querySelectorAll('.message')];
    expect(before.at(-1)?.textContent).toContain('Waiting for connection');
    server.goOnline();
    await settle();
    expect([...root.querySelectorAll('.message')]).toEqual(before);
    expect(before.at(-1)?.textContent).toContain('Sent');
  });

  test('asks before it ends the chat, then offers a new one', async () => {
    await started();
    button('End chat').click();
    expect(root.activeElement).toBe(button('Keep chatting'));
    press(find('.confirm'), 'Escape');
    expect(find('.confirm').hidden).toBe(true);
    expect(controller.state.isOpen).toBe(true);
    button('End chat').click();
    find('.confirm .danger').click();
    await settle();
    expect(find('.status-text').textContent).toBe('This chat has ended');
    expect(visibleText()).toContain('You ended the chat');
    expect(find('.composer').hidden).toBe(true);
    button('Start a new chat').click();
    await settle();
    expect(visibleText()).toContain('How can we help?');
  });

  test('takes the focus when opened and gives it back on Escape', async () => {
    controller.open();
    await settle();
    panel.takeFocus();
    expect(root.activeElement?.className).toBe('topic');
    press(find('.topic'), 'Escape');
    await settle();
    expect(panel.element.hidden).toBe(true);
    expect(root.activeElement).toBe(launcher);
  });

  test('takes no focus that was not its own', async () => {
    controller.open();
    await settle();
    expect(document.activeElement).toBe(document.body);
  });

  test('shows a lost connection once it lasts, and takes it back', async () => {
    await started();
    vi.useFakeTimers();
    server.goOnline(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(find('.lost').textContent).toBe('');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(find('.lost').textContent).toContain('No connection. Trying again…');
    server.goOnline();
    await vi.advanceTimersByTimeAsync(10);
    expect(find('.lost').textContent).toBe('You are connected again.');
    expect(find('.lost').classList.contains('is-shown')).toBe(false);
    vi.useRealTimers();
  });

  test('says nothing of a connection to those who take their time before the chat', async () => {
    vi.useFakeTimers();
    const { element } = new Panel({
      controller,
      locale: 'en',
      codePage: 'https://shop.example/help/co-pilot',
      callbackPage: undefined,
      loadCallback: () => Promise.reject(new Error('Nobody asks.')),
      returnFocus: () => undefined,
    });
    controller.open('orders');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(element.querySelector('.lost')?.textContent).toBe('');
    vi.useRealTimers();
  });

  test.each(['topics', 'form', 'conversation'])('the %s pass the accessibility rules', async (view) => {
    if (view === 'conversation') {
      await started();
      server.accept();
      server.say('https://shop.example');
      await settle();
    } else {
      controller.open(view === 'form' ? 'orders' : undefined);
      await settle();
    }
    // Colours and sizes need a real browser, and the page around the panel is not its own.
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const { violations } = await axe.run(root.host, { rules });
    expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join()}`)).toEqual([]);
  });

  describe('an invitation to Co-Pilot', () => {
    const invited = async (conversationId = 'k1') => {
      await started();
      server.accept();
      await settle();
      server.push('CoPilotInvited', { conversationId, sessionId: 's1', code: 'K7P-4WXYZ' });
      await settle();
    };

    test('is one click where Co-Pilot is on the page, and tells the code to nobody', async () => {
      await invited();
      expect(find('.question').textContent).toBe('Kim asks to look at this site with you');
      expect(find('.question').getAttribute('role')).toBe('status');
      expect(root.textContent).not.toContain('4WXYZ');
      const { violations } = await axe.run(find('.panel'), { rules: { 'color-contrast': { enabled: false } } });
      expect(violations).toEqual([]);
      button('Show this site to Kim').click();
      await settle();
      expect(coPilot.join).toHaveBeenCalledExactlyOnceWith('K7P-4WXYZ');
      expect(visibleText()).not.toContain('asks to look');
    });

    test('shows the code and where to type it where Co-Pilot is not', async () => {
      coPilot.canJoin.mockReturnValue(false);
      await invited();
      expect(visibleText()).toContain('K7P-4WXYZ');
      expect(find('.invitation a').getAttribute('href')).toBe('https://shop.example/help/co-pilot');
      expect(visibleText()).not.toContain('Show this site');
    });

    test('goes with "Not now", and the focus with it to the message', async () => {
      await invited();
      button('Not now').focus();
      button('Not now').click();
      await settle();
      expect(visibleText()).not.toContain('asks to look');
      expect(root.activeElement?.tagName).toBe('TEXTAREA');
      expect(coPilot.join).not.toHaveBeenCalled();
    });

    test('shows the code where one click is not possible after all, and keeps the focus', async () => {
      coPilot.join.mockRejectedValue(new CallError({ code: 'forbidden', text: '' }));
      await invited();
      const join = button('Show this site to Kim');
      expect(join.getAttribute('aria-busy')).toBe('false');
      join.focus();
      join.click();
      await settle();
      expect(visibleText()).toContain('K7P-4WXYZ');
      expect(root.activeElement).toBe(find('.invitation a'));
      // In the same tab it would throw the code away.
      expect(root.activeElement?.getAttribute('target')).toBe('_blank');
    });

    test('says why nothing came of it', async () => {
      coPilot.join.mockRejectedValue(new CallError({ code: 'not_found', text: '' }));
      await invited();
      button('Show this site to Kim').click();
      await settle();
      expect(find('.invitation [role=alert]').textContent).toContain('does not hold any more');
      expect(button('Show this site to Kim')).toBeDefined();
    });

    test('to another chat is not shown, nor one whose chat has ended', async () => {
      await invited('k2');
      expect(visibleText()).not.toContain('asks to look');
      server.push('CoPilotInvited', { conversationId: 'k1', sessionId: 's1', code: 'K7P-4WXYZ' });
      await settle();
      expect(visibleText()).toContain('asks to look');
      controller.end();
      await settle();
      expect(visibleText()).not.toContain('asks to look');
    });

    test('counts as unread until the customer has looked', async () => {
      await started();
      server.accept();
      controller.minimise();
      controller.setVisible(true);
      await settle();
      const before = controller.state.unread;
      server.push('CoPilotInvited', { conversationId: 'k1', sessionId: 's1', code: 'K7P-4WXYZ' });
      await settle();
      expect(controller.state.unread).toBe(before + 1);
      controller.open();
      await settle();
      expect(controller.state.unread).toBe(before);
    });
  });
});
