import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutHashes } from './canary-page';
import { type CapturedPage, type CapturedWindow, openCapturedPage } from './captured-page';

describe('the capture in Chromium', () => {
  let canary: CapturedPage;
  let run: CapturedPage['run'];
  let calls: CapturedPage['calls'];
  let frames: CapturedPage['frames'];
  let told: CapturedPage['told'];
  let quiet: CapturedPage['quiet'];

  beforeAll(async () => {
    canary = await openCapturedPage();
    ({ run, calls, frames, told, quiet } = canary);
  }, 60_000);

  afterAll(async () => {
    await canary.close();
  });

  it('makes nothing happen in the page', async () => {
    expect(await frames()).not.toEqual([]);
    expect(await run(() => (window as unknown as CapturedWindow).synthetic)).toEqual([]);
  });

  it('sends the page and what becomes of it, and nothing that is not shown', async () => {
    await run(() => (window as unknown as CapturedWindow).changeLater());
    await quiet();
    const events = await told();
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
    const wire = JSON.stringify(events);
    expect(wire).toContain('SHOWNLATER');
    expect(withoutHashes(wire)).not.toMatch(/zq\d{3}/i);
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

  it('tells of a linked sheet when it has loaded, in shadow trees, too, and of none that does not hold', async () => {
    const before = (await told()).length;
    await run(async () => {
      const link = (rel: string, title = '') =>
        Object.assign(document.createElement('link'), { rel, title, as: 'style', href: '/page.css?anew' });
      const links = [link('preload'), link('stylesheet'), link('alternate stylesheet', 'other')];
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      const loaded = links.map((each) => new Promise((resolve) => (each.onload = resolve)));
      await new Promise((resolve) => setTimeout(resolve, 200));
      root.append(...links);
      await Promise.all(loaded);
    });
    await quiet();
    const wire = JSON.stringify((await told()).slice(before));
    expect(wire.match(/"_cssText":"[^"]/g)).toHaveLength(1);
    expect(wire).not.toContain('"tagName":"link"');
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
        ['div', { role: 'Slider' }, 'slide'],
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
    for (const y of [50, 150, 250, 350, 550]) {
      await mouse.move(150, y, { steps: 5 });
      await canary.page.waitForTimeout(250);
    }
    expect((await pointers()).filter(({ x, y }) => x === 150 && [50, 150, 250, 350, 550].includes(y))).toEqual([]);
    const before = (await pointers()).length;
    const begun = Date.now();
    for (let x = 0; x < 200; x++) {
      await mouse.move(50 + x, 450);
    }
    await mouse.move(250, 450);
    const last = expect.poll(async () => (await pointers()).at(-1));
    await last.toMatchObject({ sessionId: 's1', x: 250, y: 450 });
    const after = await pointers();
    expect(after.length - before).toBeLessThan((Date.now() - begun) / 100 + 2);
    await run(() => {
      window.dispatchEvent(new PointerEvent('pointermove', { clientX: 33, clientY: 450 }));
    });
    await canary.page.waitForTimeout(250);
    expect((await pointers()).some(({ x }) => x === 33)).toBe(false);
  });
});
