import { BrowserStorage } from '@copilot/shop-page';
import { vi } from 'vitest';
import { CallbackList } from '../../src/callback/callback-list';
import { CallbackView } from '../../src/callback/callback-view';
import { PhoneNumbers } from '../../src/callback/phone-number';
import { ChatController } from '../../src/chat-controller';
import { keptNames } from '../../src/launcher/kept-names';
import { Panel } from '../../src/view/panel';
import { CUSTOMER, FakeChatServer } from '../fake-chat-server';
import { plansOf } from './plans';

export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
export const names = keptNames('demo');

const customer = { customerId: CUSTOMER, token: 't', expiresAt: '', verified: false };
const rules = { prefixes: ['+31'], blockedPrefixes: ['+31900'], region: 'NL', zone: 'Europe/Amsterdam' };
const blocked = () => {
  throw new Error('blocked');
};

/** The test clock stands at 11:00 in Amsterdam, on a Monday. */
export const NOW = new Date('2026-11-23T10:00:00Z');

/** A shop whose customers can be called, and the panel in one of its pages. */
export class CallbackWorld {
  readonly server = new FakeChatServer();
  readonly shared = new BrowserStorage(blocked);
  readonly own = new BrowserStorage(blocked);
  readonly api = {
    contactOptions: vi.fn((_: string, topic: string) =>
      Promise.resolve({
        queue: topic,
        channels: [
          { channel: 'chat', available: this.isOpen, waiting: 2, opensAt: this.opensAt },
          { channel: 'callback', available: this.isOpen, waiting: 2, opensAt: this.opensAt, callback: rules },
        ],
      }),
    ),
    callbackTimes: vi.fn((_: string, topic: string) =>
      Promise.resolve({ queue: topic, slotMinutes: 15, times: this.times }),
    ),
  };
  isOpen = true;
  opensAt: string | undefined;
  times = ['2026-11-23T14:00:00Z', '2026-11-23T14:15:00Z', '2026-11-24T08:00:00Z'];

  tab(topics: readonly string[] = ['orders', 'returns']): Tab {
    return new Tab(this, topics);
  }
}

export class Tab {
  readonly controller: ChatController;
  readonly root: ShadowRoot;
  readonly panel: Panel;

  constructor(world: CallbackWorld, topics: readonly string[]) {
    this.controller = new ChatController({
      site: 'demo',
      topics,
      pageUrl: 'https://shop.example/help',
      names,
      shared: world.shared,
      own: world.own,
      identity: { known: customer, current: () => Promise.resolve(customer) },
      isSignedIn: () => Promise.resolve(false),
      coPilot: { canJoin: () => false, join: () => Promise.resolve() },
      openSession: world.server.openSession,
      api: world.api,
    });
    this.controller.setVisible(true);
    const host = document.createElement('div');
    document.body.append(host);
    this.root = host.attachShadow({ mode: 'open' });
    this.panel = new Panel({
      controller: this.controller,
      locale: 'en',
      codePage: undefined,
      callbackPage: 'https://shop.example/callback',
      loadCallback: () =>
        Promise.resolve({
          mountCallbackList: (task, page) => new CallbackList(task, page),
          mountCallback: (task, page) =>
            new CallbackView(task, page, (wanted) => Promise.resolve(new PhoneNumbers(wanted, [plansOf('3')]))),
        }),
      returnFocus: () => undefined,
    });
    this.root.append(this.panel.element);
  }

  find(selector: string): HTMLElement {
    const found = [...this.root.querySelectorAll<HTMLElement>(selector)].find(
      (each) => each.closest('[hidden]') === null,
    );
    if (!found) {
      throw new Error(`There is no ${selector} to see.`);
    }
    return found;
  }

  input(selector: string): HTMLInputElement {
    return this.find(selector) as HTMLInputElement;
  }

  list(selector: string): HTMLSelectElement {
    return this.find(selector) as HTMLSelectElement;
  }

  button(label: string): HTMLButtonElement {
    const found = [...this.root.querySelectorAll('button')].find(
      (each) =>
        (each.getAttribute('aria-label') ?? each.textContent).includes(label) && each.closest('[hidden]') === null,
    );
    if (!found) {
      throw new Error(`There is no button ${label} in: ${this.text}`);
    }
    return found;
  }

  /** What can be seen. */
  get text(): string {
    return [...this.root.querySelectorAll('p, h3, dd, button, label')]
      .filter((each) => each.closest('[hidden]') === null)
      .map((each) => each.textContent)
      .join('\n');
  }

  write(selector: string, text: string): void {
    const field = this.input(selector);
    field.value = text;
    field.dispatchEvent(new InputEvent('input'));
  }

  choose(selector: string, value: string): void {
    const list = this.list(selector);
    list.value = value;
    list.dispatchEvent(new Event('change'));
  }

  /** As far as the form. */
  async askForm(topic = 'orders'): Promise<void> {
    this.controller.open(topic);
    await settle();
    this.button('Would you rather be called?').click();
    await settle();
  }

  /** As soon as possible. */
  async asked(world: CallbackWorld, topic?: string): Promise<void> {
    await this.askForm(topic);
    this.write('#phone', '06 12345678');
    this.button('Call me back').click();
    await settle();
    world.server.goOnline();
    await settle();
  }
}
