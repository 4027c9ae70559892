// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PrivateVeil } from '../../src/session/private-veil';

let lifted: number;
let veil: PrivateVeil;

beforeEach(() => {
  vi.useFakeTimers();
  const title = document.createElement('h1');
  title.textContent = 'Checkout';
  document.body.replaceChildren(title);
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
  document.body.querySelector('h1')?.replaceChildren(text);
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
