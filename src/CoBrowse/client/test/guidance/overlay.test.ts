// @vitest-environment jsdom
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Overlay } from '../../src/guidance/overlay';

describe('what the agent shows over the page', () => {
  let overlay: Overlay;
  let nodes: Map<number, HTMLElement>;
  let boxes: Map<Element, { left: number; top: number; width: number; height: number }>;
  let isStill: boolean;

  const find = (selector: string) => overlay.element.querySelector<HTMLElement>(selector) ?? expect.fail(selector);
  const isShown = (selector: string) => !find(selector).hidden;
  const frame = (milliseconds = 20) => vi.advanceTimersByTime(milliseconds);
  const put = (id: number, box: { left: number; top: number; width: number; height: number }) => {
    const element = document.createElement('input');
    document.body.append(element);
    nodes.set(id, element);
    boxes.set(element, box);
    return element;
  };
  const place = { sessionId: 's1' };

  beforeEach(() => {
    vi.useFakeTimers();
    nodes = new Map();
    boxes = new Map();
    isStill = true;
    vi.stubGlobal('matchMedia', () => ({ matches: isStill }));
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      return { left: 0, top: 0, width: 0, height: 0, ...boxes.get(this) } as DOMRect;
    });
    overlay = new Overlay((id) => nodes.get(id));
    overlay.update('Anna');
    document.body.replaceChildren(overlay.element);
  });

  afterEach(() => {
    overlay.clear();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test('an arrow with the name, in pixels of the page', () => {
    vi.stubGlobal('scrollY', 300);
    overlay.point({ ...place, x: 40, y: 500 });
    expect(isShown('.pointer')).toBe(true);
    expect(find('.pointer').style.transform).toBe('translate(40px, 200px)');
    expect(find('.pointer').textContent).toBe('Anna');
    vi.stubGlobal('scrollY', 400);
    frame();
    expect(find('.pointer').style.transform).toBe('translate(40px, 100px)');
  });

  test('an arrow across an element, wherever that goes, until it goes', () => {
    const element = put(5, { left: 100, top: 100, width: 200, height: 40 });
    overlay.point({ ...place, nodeId: 5, x: 0.5, y: 1 });
    expect(find('.pointer').style.transform).toBe('translate(200px, 140px)');
    boxes.set(element, { left: 0, top: 50, width: 100, height: 40 });
    frame();
    expect(find('.pointer').style.transform).toBe('translate(50px, 90px)');
    element.remove();
    frame();
    expect(isShown('.pointer')).toBe(false);
  });

  test('glides from place to place, but not where motion is unwanted', () => {
    isStill = false;
    overlay.point({ ...place, x: 0, y: 100 });
    frame(200);
    overlay.point({ ...place, x: 100, y: 100 });
    expect(find('.pointer').style.transform).toBe('translate(35px, 100px)');
    frame(200);
    expect(find('.pointer').style.transform).toBe('translate(100px, 100px)');
    isStill = true;
    overlay.point({ ...place, x: 200, y: 100 });
    expect(find('.pointer').style.transform).toBe('translate(200px, 100px)');
  });

  test('stays in the window, and says that the place is beyond', () => {
    overlay.point({ ...place, x: 40, y: 100_000 });
    expect(find('.pointer').style.transform).toBe(`translate(40px, ${innerHeight - 4}px)`);
    expect(find('.pointer').hasAttribute('data-beyond')).toBe(true);
  });

  test('the arrow fades in silence, and goes when it is taken back', () => {
    overlay.point({ ...place, x: 40, y: 40 });
    frame(5_900);
    overlay.point({ ...place, x: 41, y: 40 });
    frame(5_900);
    expect(find('.pointer').hasAttribute('data-fading')).toBe(false);
    frame(200);
    expect(find('.pointer').hasAttribute('data-fading')).toBe(true);
    frame(700);
    expect(isShown('.pointer')).toBe(false);
    overlay.point({ ...place, x: 40, y: 40 });
    expect(isShown('.pointer')).toBe(true);
    overlay.point(place);
    expect(isShown('.pointer')).toBe(false);
  });

  test('a ring around an element, until it goes or is taken back', () => {
    const element = put(5, { left: 100, top: 200, width: 200, height: 40 });
    overlay.highlight({ ...place, nodeId: 5 });
    expect(find('.ring').style.cssText).toBe('transform: translate(96px, 196px); width: 208px; height: 48px;');
    expect(find('.ring').textContent).toBe('Anna');
    boxes.set(element, { left: 0, top: 0, width: 0, height: 0 });
    frame();
    expect(isShown('.ring')).toBe(false);
    boxes.set(element, { left: 10, top: 20, width: 30, height: 40 });
    frame();
    expect(isShown('.ring')).toBe(true);
    element.remove();
    frame();
    document.body.append(element);
    frame();
    expect(isShown('.ring')).toBe(false);

    overlay.highlight({ ...place, nodeId: 5 });
    expect(isShown('.ring')).toBe(true);
    overlay.highlight(place);
    expect(isShown('.ring')).toBe(false);
  });

  test('shows nothing for numbers that the page does not have, nor on our own controls', () => {
    const own = put(6, { left: 1, top: 1, width: 10, height: 10 });
    own.dataset['copilotOwn'] = '';
    for (const nodeId of [6, 7]) {
      overlay.highlight({ ...place, nodeId });
      overlay.point({ ...place, nodeId, x: 0, y: 0 });
      expect([isShown('.ring'), isShown('.pointer')]).toEqual([false, false]);
    }
  });

  test('lines that fade, with the name where they end', () => {
    overlay.draw({ ...place, points: [10, 10, 60, 80] });
    overlay.draw({ ...place, points: [5, 5] });
    const lines = () =>
      [...overlay.element.querySelectorAll('g')].map((each) => each.firstElementChild?.getAttribute('points'));
    expect(lines()).toEqual(['10 10 60 80', '5 5 5 5']);
    expect(find('.pointer').style.transform).toBe('translate(5px, 5px)');
    frame(9_000);
    expect(lines()).toEqual([]);
    for (let i = 0; i < 30; i++) {
      overlay.draw({ ...place, points: [i, i] });
    }
    expect(lines()).toHaveLength(20);
    overlay.draw({ ...place, points: [] });
    expect(lines()).toEqual([]);
  });

  test('looks at the page in every frame while something is shown, and never otherwise', () => {
    const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
    frame(1_000);
    expect(frames).not.toHaveBeenCalled();
    overlay.point({ ...place, x: 1, y: 1 });
    frame(100);
    expect(frames.mock.calls.length).toBeGreaterThan(3);
    frame(10_000);
    frames.mockClear();
    frame(1_000);
    expect(frames).not.toHaveBeenCalled();
  });

  test('shows nothing once the agent sees nothing', () => {
    put(5, { left: 100, top: 200, width: 200, height: 40 });
    overlay.point({ ...place, x: 1, y: 1 });
    overlay.highlight({ ...place, nodeId: 5 });
    overlay.draw({ ...place, points: [1, 1] });
    overlay.update(undefined);
    expect([isShown('.ring'), isShown('.pointer')]).toEqual([false, false]);
    expect(overlay.element.querySelector('g')).toBeNull();
  });

  test('knows whether a place is in sight', () => {
    const at = (y: number) => overlay.whereIs({ ...place, x: 1, y });
    expect([at(-1), at(0), at(innerHeight - 1), at(innerHeight)]).toEqual(['above', 'here', 'here', 'below']);
    expect(overlay.whereIs({ ...place, nodeId: 9, x: 0, y: 0 })).toBeUndefined();
  });

  test('makes no event, focuses nothing and clicks nothing', () => {
    const element = put(5, { left: 100, top: 2_000, width: 200, height: 40 });
    const scrolled = vi.fn();
    element.scrollIntoView = scrolled;
    const scrollTo = vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
    const spies = [
      vi.spyOn(EventTarget.prototype, 'dispatchEvent'),
      ...(['focus', 'blur', 'click'] as const).map((name) => vi.spyOn(HTMLElement.prototype, name)),
      vi.spyOn(HTMLInputElement.prototype, 'value', 'set'),
      vi.spyOn(HTMLInputElement.prototype, 'select'),
    ];
    overlay.point({ ...place, nodeId: 5, x: 0.5, y: 0.5 });
    overlay.highlight({ ...place, nodeId: 5 });
    overlay.draw({ ...place, points: [1, 1, 2, 2] });
    overlay.scrollTo({ ...place, nodeId: 5, x: 0.5, y: 0.5 });
    overlay.scrollTo({ ...place, x: 10, y: 3_000 });
    frame(40_000);
    expect(scrolled).toHaveBeenCalledWith({ behavior: 'instant', block: 'center', inline: 'nearest' });
    expect(scrollTo).toHaveBeenCalledWith({ behavior: 'instant', left: 0, top: 3_000 - innerHeight / 2 });
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
    }
  });

  test('is no part of what is read out', async () => {
    overlay.point({ ...place, x: 1, y: 1 });
    expect(overlay.element.getAttribute('aria-hidden')).toBe('true');
    vi.useRealTimers();
    const { violations } = await axe.run(overlay.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
  });
});
