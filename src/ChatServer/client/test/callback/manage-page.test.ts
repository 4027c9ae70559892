// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallbackPart } from '../../src/callback/callback-task';
import { CallbackView } from '../../src/callback/callback-view';
import { ManagePage } from '../../src/callback/manage-page';
import { CallbackWorld, settle } from './callback-world';

const TOKEN = 'YjE.x1x2x3x4x5x6x7x8x9x0';
const STATUS = {
  contactId: 'b1',
  state: 'waiting',
  queue: 'orders',
  topic: 'orders',
  manageToken: TOKEN,
  position: 4,
  callback: { phone: '+31 •••• 5678', attempts: [] },
};

describe('the page that manages a call-back', () => {
  let world: CallbackWorld;
  let part: CallbackPart | undefined;
  let problem: string | undefined;
  const replaceState = vi.fn();

  const open = async (hash: string) => {
    const page = new ManagePage({
      site: 'demo',
      own: world.own,
      name: 'copilot:demo:manage',
      api: world.api,
      openSession: world.server.openSession,
      load: () =>
        Promise.resolve({
          mountCallbackList: () => {
            throw new Error('no list here');
          },
          mountCallback: (task, about) =>
            new CallbackView(task, about, () => Promise.reject(new Error('no number here'))),
        }),
      page: { locale: 'en', managePage: undefined, topicLabel: (topic) => topic, waitText: () => '' },
      show: (shown, why) => {
        part = shown;
        problem = why;
      },
    });
    await page.open({ hash, pathname: '/callback', search: '' }, { replaceState, state: null });
    world.server.goOnline();
    await settle();
    return page;
  };
  const button = (label: string) =>
    [...(part?.element.querySelectorAll('button') ?? [])].find((each) => each.textContent === label);

  beforeEach(() => {
    world = new CallbackWorld();
    world.server.callback = STATUS;
    [part, problem] = [undefined, undefined];
    replaceState.mockReset();
  });

  test('takes the token out of the address, and shows what it is for', async () => {
    await open(`#${TOKEN}`);
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/callback');
    expect(world.server.calls[0]).toEqual({ method: 'GetCallback', request: { manageToken: TOKEN } });
    expect(part?.element.querySelector('h3')?.textContent).toBe('We will call you when it is your turn');
    expect(part?.element.textContent).toContain('You are number 4 in line');
    expect(part?.element.textContent).toContain('+31 •••• 5678');
  });

  test('goes on after a reload, without the token in the address', async () => {
    await open(`#${TOKEN}`);
    await open('');
    expect(world.server.calls.at(-1)).toEqual({ method: 'GetCallback', request: { manageToken: TOKEN } });
  });

  test('cancels by the token, and makes no chat of it', async () => {
    await open(`#${TOKEN}`);
    expect(button('Chat instead')?.hidden).toBe(true);
    button('Cancel the call-back')?.click();
    button('Cancel it')?.click();
    await settle();
    expect(world.server.calls.find((call) => call.method === 'CancelCallback')).toMatchObject({
      request: { manageToken: TOKEN },
    });
    expect(part?.element.querySelector('h3')?.textContent).toBe('You cancelled this call-back.');
  });

  test('shows what happens as it is told', async () => {
    await open(`#${TOKEN}`);
    world.server.changeCallback({ state: 'active', position: undefined, agent: { agentId: 'a1', name: 'Kim' } });
    await settle();
    expect(part?.element.querySelector('h3')?.textContent).toBe('Kim is calling you');
    expect(button('Cancel the call-back')?.closest('[hidden]')).not.toBeNull();
  });

  test('tries again when the server would not say', async () => {
    world.server.refuse = () => 'forbidden';
    await open(`#${TOKEN}`);
    expect(part?.element.querySelector('h3')?.textContent).toBe('This could not be loaded.');
    world.server.refuse = undefined;
    const again = part?.element.querySelector<HTMLButtonElement>('.callback-card > button:not([hidden])');
    expect(again?.textContent).toBe('Try again');
    again?.click();
    await settle();
    expect(part?.element.querySelector('h3')?.textContent).toBe('We will call you when it is your turn');
    expect(again?.hidden).toBe(true);
  });

  test('looks again when it is looked at', async () => {
    const page = await open(`#${TOKEN}`);
    world.server.callback = { ...STATUS, position: 1 };
    page.look();
    await settle();
    expect(part?.element.textContent).toContain('You are next in line');
  });

  test('says how it ended, with no way to ask for another one', async () => {
    await open(`#${TOKEN}`);
    world.server.changeCallback({ state: 'closed', position: undefined }, 'wrong_number');
    await settle();
    expect(part?.element.querySelector('h3')?.textContent).toBe('We called, and the number was not yours.');
    expect(button('Ask for another call-back')?.hidden).toBe(true);
    await open('');
    expect(part?.element.querySelector('h3')?.textContent).toBe('We called, and the number was not yours.');
  });

  test('of a call-back that is over for long says that the link is no good any more', async () => {
    world.server.callback = undefined;
    await open(`#${TOKEN}`);
    expect(part?.element.querySelector('h3')?.textContent).toContain('This link is no good any more');
    expect(button('Cancel the call-back')?.closest('[hidden]')).not.toBeNull();
  });

  test.each(['', '#content', '#YjE.'])(
    'with %j for a link asks for the whole one, and leaves the address alone',
    async (hash) => {
      await open(hash);
      expect(problem).toBe('noLink');
      expect(replaceState).not.toHaveBeenCalled();
      expect(world.server.calls).toEqual([]);
    },
  );
});
