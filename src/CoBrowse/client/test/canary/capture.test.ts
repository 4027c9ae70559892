import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame, PublishPointerRequest } from '@copilot/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import type { CaptureSession } from '../../src/session/capture';
import { FrameStream } from '../../src/viewer/frame-stream';
import { type CanaryPage, openCanaryPage } from './canary-page';

type Call = [method: string, request: { frames: Frame[] } & PublishPointerRequest];

interface TestWindow {
  copilot: typeof import('../../src/recorder/page-capture');
  changeLater: () => Promise<void>;
  calls: Call[];
  ends: string[];
  isInScope: boolean;
  capture: InstanceType<typeof import('../../src/recorder/page-capture').PageCapture>;
  session: CaptureSession;
  synthetic: string[];
}

describe('the capture in Chromium', { timeout: 60_000 }, () => {
  let canary: CanaryPage;

  const run = <Result, Argument>(work: (argument: Argument) => Result, argument?: Argument) =>
    canary.page.evaluate(work as (argument: unknown) => Result, argument);
  const calls = () => run(() => (window as unknown as TestWindow).calls);
  const frames = async () =>
    (await calls()).flatMap(([method, request]) => (method === 'PublishFrames' ? request.frames : []));
  const told = async () => {
    const stream = new FrameStream();
    return (await frames()).flatMap(({ data, ...piece }) => {
      const taken = stream.take({ ...piece, data: new Uint8Array(Buffer.from(data, 'base64')) });
      expect(taken.kind).not.toBe('unreadable');
      return taken.kind === 'frame' ? (taken.events as SafeEvent[]) : [];
    });
  };
  /** Until nothing is sent for a while. */
  const quiet = () =>
    run(async () => {
      const here = window as unknown as TestWindow;
      for (let before = -1; before !== here.calls.length;) {
        before = here.calls.length;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    });

  beforeAll(async () => {
    canary = await openCanaryPage("export { PageCapture } from '../../src/recorder/page-capture'");
    await run(() => {
      const here = window as unknown as TestWindow;
      Object.assign(here, { calls: [], ends: [], isInScope: true, synthetic: [] });
      // Everything that a script could make the page do something with.
      const spied: [object, string[]][] = [
        [EventTarget.prototype, ['dispatchEvent']],
        [HTMLElement.prototype, ['click', 'focus', 'blur']],
        [HTMLFormElement.prototype, ['submit', 'requestSubmit']],
        [Element.prototype, ['scrollIntoView', 'scrollTo']],
        [window, ['scrollTo', 'scroll', 'open']],
      ];
      for (const [owner, names] of spied) {
        for (const name of names) {
          const own = Reflect.get(owner, name) as (...rest: unknown[]) => unknown;
          Reflect.set(owner, name, function (this: unknown, ...rest: unknown[]) {
            here.synthetic.push(name);
            return own.apply(this, rest);
          });
        }
      }
      here.capture = new here.copilot.PageCapture();
      here.session = {
        ...{ sessionId: 's1', shownSelectors: ['.by-selector'], nextSeq: 1 },
        scope: { isInScope: () => here.isInScope } as unknown as CaptureSession['scope'],
        hub: {
          call: async (...call: Call) => {
            here.calls.push(structuredClone(call));
            await new Promise((resolve) => setTimeout(resolve, 5));
            return {};
          },
          on: () => () => undefined,
        },
        onPublishing: () => undefined,
        onOver: (reason) => here.ends.push(reason),
        onRefused: () => here.ends.push('refused'),
      };
      here.capture.start(here.session);
    });
    await quiet();
  }, 60_000);

  afterAll(async () => {
    await canary.close();
  });

  it('makes nothing happen in the page', async () => {
    expect(await frames()).not.toEqual([]);
    expect(await run(() => (window as unknown as TestWindow).synthetic)).toEqual([]);
  });

  it('sends the page and what becomes of it, and nothing that is not shown', async () => {
    await run(() => (window as unknown as TestWindow).changeLater());
    await quiet();
    const events = await told();
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
    const wire = JSON.stringify(events);
    expect(wire).toContain('SHOWNLATER');
    expect(wire).not.toMatch(/zq\d{3}/i);
    if (process.env.COPILOT_WRITE_VECTORS) {
      // What the server's half must accept: see Vectors/frames.json.
      writeFileSync(
        fileURLToPath(new URL('../../../Vectors/frames.json', import.meta.url)),
        `[\n${(await frames()).map((frame) => JSON.stringify(frame)).join(',\n')}\n]\n`,
      );
    }
  });

  it('leaves out what is our own, also in regions that are shown', async () => {
    await run(() => {
      const region = document.createElement('div');
      region.dataset['copilotShow'] = '';
      for (const name of ['data-copilot-own', 'data-copilot-code']) {
        const host = document.createElement('div');
        host.setAttribute(name, '');
        host.style.height = '40px';
        host.append('OURTEXT');
        const root = host.attachShadow({ mode: 'open' });
        root.append('OURTEXT');
        region.append(host);
        setTimeout(() => {
          root.append(document.createElement('p'), 'OURLATER');
          host.setAttribute(name === 'data-copilot-own' ? 'title' : 'lang', 'OURLATER');
        }, 50);
      }
      region.append('NOTOURS');
      document.body.append(region);
    });
    await quiet();
    const wire = JSON.stringify(await told());
    expect(wire).toContain('NOTOURS');
    expect(wire.match(/.{60}(?:OURTEXT|OURLATER|copilot-own|copilot-code).{0,40}/g)).toBeNull();
    // The field for the code keeps its place.
    expect(wire).toMatch(/"data-copilot-box":"closed"[^}]*"rr_height":"40px"/);
  });

  it('tells of rules that the browser took where it put them, and of none that it refused', async () => {
    const before = (await told()).length;
    await run(async () => {
      const style = document.head.appendChild(document.createElement('style'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const sheet = style.sheet as CSSStyleSheet;
      sheet.insertRule('p { top: 1px }');
      for (const index of [-1, 2]) {
        try {
          sheet.insertRule('p { top: 9px }', index);
        } catch {
          // That is what it is about.
        }
      }
      const asLongAgo = sheet as unknown as { addRule(selector: string, style: string): void; removeRule(): void };
      asLongAgo.addRule('p', 'top: 2px');
      sheet.insertRule('@media print { }');
      const group = sheet.cssRules[0] as CSSMediaRule;
      group.insertRule('p { top: 3px }', undefined);
      (group.cssRules[0] as CSSStyleRule).style.setProperty('top', '4px', 'important');
      (sheet.cssRules[1] as CSSStyleRule).style.removeProperty('top');
      group.deleteRule(0);
      asLongAgo.removeRule();
      style.style.setProperty('top', '5px');
    });
    await quiet();
    const changes = (await told()).slice(before).flatMap((event) => {
      const { source, ...change } = event.data as unknown as Record<string, unknown>;
      delete change['id'];
      return source === 8 || source === 13 ? [change] : [];
    });
    expect(changes).toEqual([
      { adds: [{ rule: 'p{top:1px;}', index: 0 }] },
      { adds: [{ rule: 'p{top:2px;}', index: 1 }] },
      { adds: [{ rule: '@media print{}', index: 0 }] },
      { adds: [{ rule: 'p{top:3px;}', index: [0, 0] }] },
      { index: [0, 0], set: { property: 'top', value: '4px', priority: 'important' } },
      { index: [1], remove: { property: 'top' } },
      { removes: [{ index: [0, 0] }] },
      { removes: [{ index: 0 }] },
    ]);
  });

  it('throws at the page what the browser throws', async () => {
    const thrown = await run(() => {
      const style = document.head.appendChild(document.createElement('style'));
      try {
        style.sheet?.insertRule('p { color: red } and more {');
        return 'nothing';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(thrown).toBe('SyntaxError');
  });

  it('sends a storm of changes as a few frames', async () => {
    const before = (await frames()).length;
    await run(async () => {
      const rows = Array.from({ length: 50 }, () => document.body.appendChild(document.createElement('p')));
      for (let index = 0; index < 10_000; index++) {
        const row = rows[index % 50];
        row?.setAttribute('style', `left: ${index}px`);
        if (index % 20 === 0) {
          row?.replaceChildren(document.createTextNode(String(index)));
          await Promise.resolve(); // What was observed until here is told now.
        }
      }
    });
    await quiet();
    expect((await frames()).length - before).toBeLessThan(20);
    expect(JSON.stringify(await told())).toContain('left:9999px;');
  });

  it('tells where the customer points, ten times a second at most, and not over fields, hidden regions and keys', async () => {
    await run(() => {
      document.body.style.cssText = 'position:static;margin:0';
      const layer = document.createElement('div');
      layer.style.cssText = 'position:fixed;inset:0;z-index:99999;background:white';
      const places: [string, Record<string, string>, string][] = [
        ['input', {}, ''],
        ['div', { 'data-copilot-hide': '' }, 'hidden'],
        ['div', { contenteditable: '' }, 'typed'],
        ['button', {}, '7'],
        ['button', {}, 'Order'],
      ];
      for (const [index, [name, attributes, text]] of places.entries()) {
        const element = document.createElement(name);
        Object.entries(attributes).forEach(([key, value]) => {
          element.setAttribute(key, value);
        });
        element.style.cssText = `position:absolute;left:0;top:${index * 100}px;width:300px;height:90px`;
        element.append(text);
        layer.append(element);
      }
      document.body.append(layer);
    });
    const pointers = async () =>
      (await calls()).flatMap(([method, place]) => (method === 'PublishPointer' ? [place] : []));
    const { mouse } = canary.page;
    for (const y of [50, 150, 250, 350]) {
      await mouse.move(150, y, { steps: 5 });
      await canary.page.waitForTimeout(250);
    }
    expect((await pointers()).filter(({ x, y }) => x === 150 && [50, 150, 250, 350].includes(y))).toEqual([]);
    const before = (await pointers()).length;
    const begun = Date.now();
    for (let x = 0; x < 200; x++) {
      await mouse.move(50 + x, 450);
    }
    await mouse.move(250, 450);
    await canary.page.waitForTimeout(300);
    const after = await pointers();
    expect(after.at(-1)).toMatchObject({ sessionId: 's1', x: 250, y: 450 });
    expect(after.length - before).toBeLessThan((Date.now() - begun) / 100 + 2);
    await run(() => {
      window.dispatchEvent(new PointerEvent('pointermove', { clientX: 33, clientY: 450 }));
    });
    await canary.page.waitForTimeout(250);
    expect((await pointers()).some(({ x }) => x === 33)).toBe(false);
  });

  it('stops before a page out of scope is read, and leaves nothing in it when it has stopped', async () => {
    const left = await run(async () => {
      const here = window as unknown as TestWindow;
      const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
      history.pushState(null, '', '/private');
      here.isInScope = false;
      const before = here.calls.length;
      document.body.append('PRIVATE');
      await wait(500);
      const whilePrivate = here.calls.length - before;
      here.isInScope = true;
      history.pushState(null, '', '/public');
      await wait(1_500);
      const afterwards = here.calls.length - before;
      here.capture.stop();
      const stopped = here.calls.length;
      const isNative = (owner: object, name: string) => {
        const { set, value } = Object.getOwnPropertyDescriptor(owner, name) as { set?: unknown; value?: unknown };
        return String(set ?? value).includes('[native code]');
      };
      const patched = [
        ...[HTMLInputElement, HTMLTextAreaElement].filter((each) => !isNative(each.prototype, 'value')),
        ...['insertRule', 'deleteRule', 'addRule', 'removeRule', 'replace', 'replaceSync'].filter(
          (name) => !isNative(CSSStyleSheet.prototype, name),
        ),
        ...['insertRule', 'deleteRule'].filter((name) => !isNative(CSSGroupingRule.prototype, name)),
        ...['setProperty', 'removeProperty'].filter((name) => !isNative(CSSStyleDeclaration.prototype, name)),
        ...['attachShadow'].filter((name) => !isNative(Element.prototype, name)),
        ...['pushState', 'replaceState'].filter((name) => !isNative(History.prototype, name)),
      ].map(String);
      for (let index = 0; index < 1_000; index++) {
        document.body.append(`AFTER${index}`);
      }
      await wait(500);
      return { whilePrivate, afterwards, afterStop: here.calls.length - stopped, patched, ends: here.ends };
    });
    expect(left).toMatchObject({ whilePrivate: 0, afterStop: 0, ends: [], patched: [] });
    expect(left.afterwards).toBeGreaterThan(0);
    expect(await told().then((events) => JSON.stringify(events))).not.toMatch(/AFTER\d|zq\d{3}/i);
  });

  it('breaks nothing in the page when it fails itself', async () => {
    const ends = await run(async () => {
      const here = window as unknown as TestWindow;
      const own = Object.getOwnPropertyDescriptor(Element.prototype, 'getAttribute');
      here.capture.start(here.session);
      await new Promise((resolve) => setTimeout(resolve, 300));
      Element.prototype.getAttribute = () => {
        throw new Error('Not with me.');
      };
      for (let index = 0; index < 20; index++) {
        document.body.style.left = `${index}px`;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      Object.defineProperty(Element.prototype, 'getAttribute', own ?? {});
      return here.ends;
    });
    expect(ends).toEqual(['capture_failed']);
    expect(canary.troubles).toEqual([]);
  });
});
