// @vitest-environment jsdom
import { CallError, ErrorCodes } from '@copilot/contracts';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CodeForm } from '../../src/code-page/code-form';
import { wordsFor } from '../../src/locales';

describe('the field for the code', () => {
  let codes: string[];
  let answer: () => Promise<void>;
  let form: CodeForm;

  const field = () => form.element.querySelector('input') ?? expect.fail('There is no field.');
  const text = (selector: string) => form.element.querySelector(selector)?.textContent;
  const submit = async (typed: string) => {
    field().value = typed;
    form.element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    codes = [];
    answer = () => Promise.resolve();
    form = new CodeForm({
      words: wordsFor('en-GB'),
      onCode: (code) => {
        codes.push(code);
        return answer();
      },
    });
    document.body.replaceChildren(form.element);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('asks with the code as it is stored, and shows it as it is read out', async () => {
    await submit(' k7p4wxyz ');
    expect(codes).toEqual(['K7P4WXYZ']);
    expect(field().value).toBe('K7P-4WXYZ');
  });

  test('takes nothing from the address of the page', () => {
    history.replaceState(null, '', '?code=K7P-4WXYZ#K7P-4WXYZ');
    form = new CodeForm({ words: wordsFor('en'), onCode: () => Promise.resolve() });
    expect(field().value).toBe('');
    expect(codes).toEqual([]);
  });

  test('what cannot be a code is said without asking the server', async () => {
    await submit('');
    expect(text('.error')).toBe('Type the code first.');
    await submit('K7P-4WX');
    expect(text('.error')).toBe('A code has 8 characters. This one has 6.');
    await submit('K7P-4WXY0');
    expect(text('.error')).toContain('no 0, 1, I, L or O');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field());
    expect(codes).toEqual([]);
  });

  test('a code that does not work is said so, and can be typed again', async () => {
    answer = () => Promise.reject(new CallError({ code: ErrorCodes.notFound, text: 'secret' }));
    await submit('K7P-4WXYZ');
    expect(text('.error')).toContain('This code does not work.');
    field().dispatchEvent(new Event('input'));
    expect(text('.error')).toBe('');
    await submit('K7P-4WXY2');
    expect(codes).toHaveLength(2);
  });

  test('after too many tries it says how long to wait, and asks nothing before', async () => {
    answer = () =>
      Promise.reject(
        new CallError({ code: ErrorCodes.rateLimited, text: 'retry_after_ms=42000', retryAfterMs: 42_000 }),
      );
    await submit('K7P-4WXYZ');
    expect(text('.error')).toContain('Try again in 42 seconds.');
    await submit('K7P-4WXYZ');
    expect(codes).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(42_000);
    expect(text('.error')).toBe('');
    expect(text('.state')).toBe('You can try again now.');
    answer = () => Promise.resolve();
    await submit('K7P-4WXYZ');
    expect(codes).toHaveLength(2);
  });

  test('speaks of one second as one', async () => {
    answer = () =>
      Promise.reject(new CallError({ code: ErrorCodes.rateLimited, text: 'retry_after_ms=900', retryAfterMs: 900 }));
    await submit('K7P-4WXYZ');
    expect(text('.error')).toContain('Try again in 1 second.');
    expect(wordsFor('nl').code.wait(1)).toContain('over 1 seconde opnieuw');
  });

  test('asks once, however often it is submitted', async () => {
    let done: () => void = () => undefined;
    answer = () => new Promise((resolve) => (done = resolve));
    await submit('K7P-4WXYZ');
    await submit('K7P-4WXYZ');
    expect(codes).toHaveLength(1);
    expect(text('.state')).toBe('Checking the code…');
    done();
    await vi.advanceTimersByTimeAsync(0);
    expect(text('.state')).toBe('');
  });

  test('is away during a session', () => {
    const state = { agentName: 'Anna', department: undefined, isConnected: true, isInScope: true, isSeen: false };
    form.update({ ...state, phase: 'live', endReason: undefined });
    expect(form.element.querySelector('form')?.hidden).toBe(true);
    expect(text('.state')).toContain('You are connected with Anna.');
    form.update(undefined);
    expect(form.element.querySelector('form')?.hidden).toBe(false);
  });

  test('passes the accessibility rules, with an error too', async () => {
    await submit('x');
    vi.useRealTimers();
    const { violations } = await axe.run(form.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
  });
});
