// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PrivateVeil } from '../../src/session/private-veil';

let lifted: number;
let veil: PrivateVeil;

function make(name: string, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  element.append(...content);
  return element;
}

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom lays nothing out, and so has no such text.
  Object.defineProperty(document.body, 'innerText', { configurable: true, get: () => document.body.textContent });
  document.body.replaceChildren(
    make('time', '04:59'),
    make('main', make('h1', 'Checkout'), make('p', '1 Main Street, 1234 AB')),
    make('footer', 'The shop, its address and its hours'),
  );
  document.head.replaceChildren(make('title', 'Checkout'), make('style', '.of-the-checkout { color: red }'));
  lifted = 0;
  veil = new PrivateVeil(() => {
    lifted += 1;
  });
});

afterEach(() => {
  veil.stop();
  vi.useRealTimers();
});

/** As a page's script does, and long enough for the observer to hear of it. */
async function change(text: string): Promise<void> {
  document.querySelector('main')?.replaceChildren(text);
  await vi.advanceTimersByTimeAsync(1);
}

it('shows a document that was never private', () => {
  expect(veil.look(true)).toBe(true);
});

it('keeps what was private so until the document has changed and stands still', async () => {
  expect(veil.look(false)).toBe(false);
  expect(veil.look(true)).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(veil.look(true)).toBe(false);
  await change('Lamp');
  await vi.advanceTimersByTimeAsync(250);
  await change('Reading lamp');
  await vi.advanceTimersByTimeAsync(250);
  expect(veil.look(true)).toBe(false);
  await vi.advanceTimersByTimeAsync(50);
  expect(lifted).toBe(1);
  expect(veil.look(true)).toBe(true);
});

it('waits for the private page to go, whatever else happens before', async () => {
  const clock = document.querySelector('time');
  const main = document.querySelector('main');
  const second = () => vi.advanceTimersByTimeAsync(600);
  veil.look(false);
  veil.look(true);
  document.body.prepend(document.createElement('progress'));
  document.title = 'Lamp';
  document.querySelector('style')?.remove();
  await second();
  clock?.replaceChildren('04:58');
  (clock?.firstChild as Text).data = '04:57';
  document.querySelector('progress')?.remove();
  await second();
  // The same page in another place.
  document.body.prepend(main ?? expect.fail());
  await second();
  expect(lifted).toBe(0);

  main?.replaceChildren('Lamp');
  await vi.advanceTimersByTimeAsync(299);
  expect(lifted).toBe(0);
  await vi.advanceTimersByTimeAsync(2);
  expect(lifted).toBe(1);
});

it.each([
  ['text that is written over', () => ((document.querySelector('main p')?.firstChild as Text).data = 'A reading lamp')],
  [
    'a new body',
    () => {
      document.body.replaceWith(document.createElement('body'));
    },
  ],
])('takes %s for a page that goes', async (_, go) => {
  veil.look(false);
  veil.look(true);
  go();
  await vi.advanceTimersByTimeAsync(301);
  expect(lifted).toBe(1);
});

it('does not wait for ever: not for a document that never changes, nor for one that always does', async () => {
  veil.look(false);
  veil.look(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lifted).toBe(1);

  veil.look(false);
  veil.look(true);
  for (let i = 0; i < 32; i++) {
    await change(String(i));
    await vi.advanceTimersByTimeAsync(99);
  }
  expect(lifted).toBe(2);
  expect(veil.look(true)).toBe(true);
});

it('begins anew when the customer goes to a private address again meanwhile', async () => {
  veil.look(false);
  veil.look(true);
  await change('Lamp');
  veil.look(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lifted).toBe(0);
  expect(veil.look(true)).toBe(false);
});
