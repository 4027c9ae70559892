// @vitest-environment jsdom
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConsentDialog } from '../../src/consent/consent-dialog';
import { wordsFor } from '../../src/locales';
import type { CoPilotState } from '../../src/session/co-pilot-state';

const STATE: CoPilotState = {
  ...{ phase: 'asking', agentName: 'Anna', department: 'Customer care' },
  ...{ isConnected: true, isInScope: true, isSeen: false, endReason: undefined },
};

describe('the question for consent', () => {
  let answers: (boolean | 'not requested')[];
  let dialog: ConsentDialog;
  let hasFocus: boolean;

  const open = (options: { trusts?: boolean; locale?: string } = {}) => {
    dialog = new ConsentDialog({
      words: wordsFor(options.locale ?? 'en'),
      state: STATE,
      onAnswer: (isGranted) => answers.push(isGranted),
      onNotRequested: () => answers.push('not requested'),
      // jsdom trusts nothing that a test does.
      ...(options.trusts === false ? {} : { isTrusted: () => true }),
    });
    document.body.replaceChildren(dialog.element);
    dialog.element.setAttribute('open', '');
    // Not in jsdom.
    dialog.element.close = () => undefined;
  };
  const click = (label: string) => {
    [...dialog.element.querySelectorAll('button')].find((each) => each.textContent === label)?.click();
  };
  const press = (type: string) => dialog.element.dispatchEvent(new Event(type, { cancelable: true }));

  beforeEach(() => {
    vi.useFakeTimers();
    answers = [];
    hasFocus = true;
    vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  });

  afterEach(() => {
    dialog.close();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('cannot be agreed to before a person can have read a word', () => {
    open();
    click('Agree');
    vi.advanceTimersByTime(590);
    click('Agree');
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(20);
    click('Agree');
    expect(answers).toEqual([true]);
  });

  test('cannot be agreed to while the window has no focus, nor right after', () => {
    open();
    vi.advanceTimersByTime(1_000);
    hasFocus = false;
    window.dispatchEvent(new Event('blur'));
    click('Agree');
    vi.advanceTimersByTime(5_000);
    click('Agree');
    hasFocus = true;
    window.dispatchEvent(new Event('focus'));
    click('Agree');
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(600);
    click('Agree');
    expect(answers).toEqual([true]);
  });

  test("no script's click answers anything", () => {
    open({ trusts: false });
    vi.advanceTimersByTime(1_000);
    click('Agree');
    click('No, thanks');
    click('I did not contact the shop');
    press('cancel');
    expect(answers).toEqual([]);
  });

  test('"no" is possible at once, also with Esc', () => {
    open();
    click('No, thanks');
    press('cancel');
    click('I did not contact the shop');
    expect(answers).toEqual([false, false, 'not requested']);
  });

  test('names the agent, what is seen, what never is, what they cannot do, and warns of callers', () => {
    open();
    const text = dialog.element.textContent;
    for (const part of [
      'Anna of Customer care',
      'with private texts masked',
      'your passwords',
      'Click, type, order or pay',
      'out of the blue',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('says honestly that the answer has to wait', () => {
    open();
    dialog.update({ ...STATE, isConnected: false });
    expect(dialog.element.querySelector('[role=status]')?.textContent).toContain('No connection.');
  });

  test.each(['en', 'nl'])('passes the accessibility rules in %s', async (locale) => {
    open({ locale });
    vi.useRealTimers();
    const { violations } = await axe.run(dialog.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
  });
});
