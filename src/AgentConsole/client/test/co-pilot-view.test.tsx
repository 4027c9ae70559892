// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { en } from '../src/locales/en';
import { begun, faults, frame, live, show, VIEWER, viewer } from './coPilotView';
import { settle, stubBrowser } from './fixtures';

const { view: words } = en.coPilot;

beforeEach(stubBrowser);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the viewer', () => {
  test('is a sandboxed frame of its own origin, and is spoken to at that origin only', async () => {
    const { frame: element, posted } = await begun();
    expect(element.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin');
    expect(element.src).toBe(`${VIEWER}/`);
    fireEvent.load(element);
    expect(posted).toEqual([
      { message: { type: 'open', version: 1, language: 'en', scheme: 'light' }, origin: VIEWER },
    ]);
  });

  test('is told how the session stands before it gets the frames that came meanwhile', async () => {
    const { coBrowse, frame: element, id, posted, says, told } = await begun();
    act(() => {
      coBrowse.emit('ConsentGiven', { sessionId: id, endsAt: '2026-11-22T09:00:00Z' });
      coBrowse.emit('Frames', { sessionId: id, frames: [frame(1, true)] });
      coBrowse.emit('Frames', { sessionId: id, frames: [frame(2, false)] });
      coBrowse.emit('Frames', { sessionId: id, frames: [frame(3, true)] });
    });
    fireEvent.load(element);
    await says({ type: 'ready', version: 1 });
    expect(posted.map(({ message }) => message.type)).toEqual(['open', 'state', 'tool', 'frames']);
    expect(told('state')).toEqual([{ type: 'state', state: 'live' }]);
    expect(told('frames')).toEqual([
      { type: 'frames', frames: [{ ...frame(3, true), data: new Uint8Array([97, 98, 99]) }] },
    ]);
    expect(coBrowse.requests('RequestKeyframe')).toEqual([]);
  });

  test('that comes late asks for a keyframe', async () => {
    const { coBrowse, id, frame: element, says } = await live();
    fireEvent.load(element);
    await says({ type: 'ready', version: 1 });
    expect(coBrowse.requests('RequestKeyframe')).toEqual([{ sessionId: id, seq: 0 }]);
  });

  test('that is shown again asks for a keyframe, whatever came without one meanwhile', async () => {
    const { coBrowse, desk, id } = await live();
    act(() => {
      coBrowse.emit('Frames', { sessionId: id, frames: [frame(1, true)] });
    });
    fireEvent.click(screen.getByRole('button', { name: words.putAway }));
    act(() => {
      coBrowse.emit('Frames', { sessionId: id, frames: [frame(2, false)] });
    });
    fireEvent.click(screen.getByRole('button', { name: en.coPilot.showPage }));
    const asked = coBrowse.requests('RequestKeyframe').length;
    const again = viewer();
    fireEvent.load(again.frame);
    await again.says({ type: 'ready', version: 1 });
    expect(again.told('frames')).toEqual([]);
    expect(coBrowse.requests('RequestKeyframe').slice(asked)).toEqual([{ sessionId: id, seq: 0 }]);
    expect(desk.coPilot.viewed.get()).toHaveLength(1);
  });

  test('whose page never comes is said not to answer, and can be tried again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    try {
      const { frame: first } = await begun();
      act(() => {
        vi.advanceTimersByTime(15_000);
      });
      expect(screen.getByText(words.silent).closest('[role=status]')).not.toBeNull();
      fireEvent.click(screen.getByRole('button', { name: en.coPilot.retry }));
      expect(screen.getByText(words.loading)).toBeDefined();
      expect(screen.getByTitle(words.frame)).not.toBe(first);
    } finally {
      vi.useRealTimers();
    }
  });

  test('gets each of what the session goes through', async () => {
    const { coBrowse, id, told } = await live();
    act(() => {
      coBrowse.emit('PointerMoved', { sessionId: id, x: 1, y: 2, scrollX: 3, scrollY: 4 });
      coBrowse.emit('Paused', { sessionId: id });
      coBrowse.emit('Continued', { sessionId: id });
      coBrowse.emit('PageShown', { sessionId: id, page: { inScope: false } });
      coBrowse.emit('PageShown', { sessionId: id, page: { inScope: true, pageUrl: '/b', pageTitle: 'B' } });
      coBrowse.emit('CustomerAway', { sessionId: id });
    });
    const states = told('state').map((message) => (message as { state: string }).state);
    expect(states).toEqual(['live', 'paused', 'live', 'private', 'live', 'away']);
    expect(told('page')).toEqual([
      { type: 'page', path: '/help', viewport: { width: 390, height: 800 } },
      { type: 'page', path: '/b' },
    ]);
    expect(told('pointer')).toEqual([{ type: 'pointer', x: 1, y: 2, scrollX: 3, scrollY: 4 }]);
  });

  test('is heard from its own window and origin only', async () => {
    const { coBrowse, says } = await live();
    const shown = { type: 'shown', seq: 7 };
    await says(shown, 'http://evil.example');
    await says(shown, VIEWER, window);
    await says({ type: 'shown', seq: -1 });
    await says({ type: 'drawn', points: Array.from({ length: 513 }, () => 1) });
    await says({ type: 'pointed', x: 2, y: 0.5, nodeId: 4 });
    expect(coBrowse.called.map(({ method }) => method)).not.toContain('AcknowledgeFrames');
    expect(coBrowse.called.map(({ method }) => method)).not.toContain('Draw');
    expect(coBrowse.called.map(({ method }) => method)).not.toContain('Point');
    await says(shown);
    expect(coBrowse.requests('AcknowledgeFrames')).toHaveLength(1);
  });

  test('acknowledges the newest frame only, one call at a time', async () => {
    const { coBrowse, id, says } = await live();
    let answer: (() => void) | undefined;
    coBrowse.answer(
      'AcknowledgeFrames',
      () =>
        new Promise(
          (resolve) =>
            (answer = () => {
              resolve({});
            }),
        ),
    );
    for (const seq of [1, 2, 3, 4]) {
      await says({ type: 'shown', seq });
    }
    expect(coBrowse.requests('AcknowledgeFrames')).toEqual([{ sessionId: id, seq: 1 }]);
    await act(async () => {
      answer?.();
      await settle();
    });
    expect(coBrowse.requests('AcknowledgeFrames').map(({ seq }) => seq)).toEqual([1, 4]);
  });

  test('passes on what the agent shows, and says when it did not get there', async () => {
    const { coBrowse, id, says } = await live();
    await says({ type: 'pointed', x: 0.5, y: 0.25, nodeId: 9 });
    await says({ type: 'pointed' });
    await says({ type: 'highlighted', nodeId: 9 });
    await says({ type: 'scrollWanted', x: 10, y: 2000 });
    await says({ type: 'shown', seq: 12 });
    await says({ type: 'drawn', points: [1, 2, 3, 4] });
    await says({ type: 'drawn', points: [] });
    expect(coBrowse.requests('Point')).toEqual([{ sessionId: id, x: 0.5, y: 0.25, nodeId: 9 }, { sessionId: id }]);
    expect(coBrowse.requests('Highlight')).toEqual([{ sessionId: id, nodeId: 9 }]);
    expect(coBrowse.requests('ScrollTo')).toEqual([{ sessionId: id, x: 10, y: 2000 }]);
    expect(coBrowse.requests('Draw')).toEqual([
      { sessionId: id, points: [1, 2, 3, 4], seq: 12 },
      { sessionId: id, seq: 12 },
    ]);
    coBrowse.refuse('Highlight', 'rate_limited');
    await says({ type: 'highlighted', nodeId: 10 });
    expect(screen.getByText(`${words.notShown} ${en.errors.rate_limited}`).closest('[role=alert]')).not.toBeNull();
    act(() => {
      coBrowse.emit('Paused', { sessionId: id });
    });
    expect(screen.queryByText(words.notShown, { exact: false })).toBeNull();
  });

  test('shows nothing of the agent’s while the customer has paused', async () => {
    const { coBrowse, id, says } = await live();
    act(() => {
      coBrowse.emit('Paused', { sessionId: id });
    });
    await says({ type: 'highlighted', nodeId: 9 });
    expect(coBrowse.requests('Highlight')).toEqual([]);
  });

  test('of another version is said to be', async () => {
    const { frame: element, says } = await begun();
    fireEvent.load(element);
    await says({ type: 'refused', version: 2 });
    expect(screen.getByText(words.refused).closest('[role=status]')).not.toBeNull();
  });

  test('has words in its place until it is ready', async () => {
    const { frame: element, says } = await begun();
    expect(screen.getByText(words.loading).closest('[role=status]')).not.toBeNull();
    fireEvent.load(element);
    expect(screen.queryByText(words.loading)).not.toBeNull();
    await says({ type: 'ready', version: 1 });
    expect(screen.queryByText(words.loading)).toBeNull();
  });

  test('is told other colours and keeps the page', async () => {
    const { frame: element, told } = await live();
    act(() => {
      // As Mantine hears it from another tab.
      dispatchEvent(
        new StorageEvent('storage', {
          ...{ key: 'mantine-color-scheme-value', newValue: 'dark', storageArea: localStorage },
        }),
      );
    });
    expect(screen.getByTitle(words.frame)).toBe(element);
    expect(told('scheme').at(-1)).toEqual({ type: 'scheme', scheme: 'dark' });
  });

  test('watches anew when the customer is back', async () => {
    const { coBrowse, id } = await live();
    const before = coBrowse.requests('Watch').length;
    coBrowse.answer('Watch', () => ({ state: 'live', verified: true, away: false, failures: 0 }));
    await act(async () => {
      coBrowse.emit('CustomerJoined', { sessionId: id, verified: true, returned: true });
      await settle();
    });
    expect(coBrowse.requests('Watch').length).toBe(before + 1);
  });
});

describe('the page’s pane', () => {
  test('has the page’s title and path as text, and how old it is', async () => {
    const { says } = await live();
    expect(screen.getByRole('region', { name: /<b>Help<\/b>/ })).toBeDefined();
    expect(screen.getByText('/help')).toBeDefined();
    await says({ type: 'figures', delay: 320, apply: 4, quiet: 900 });
    expect(screen.getByText(words.behind('0.3'))).toBeDefined();
    await says({ type: 'figures', delay: 320, apply: 4, quiet: 12_400 });
    expect(screen.getByText(words.quiet('12 s'))).toBeDefined();
    expect(await faults()).toEqual([]);
  });

  test('has tools that tell which one is chosen, by button and by key', async () => {
    const { says, told } = await live();
    const button = (name: string) => screen.getByRole('button', { name });
    fireEvent.click(button(words.tool.highlight));
    expect(told('tool').at(-1)).toEqual({ type: 'tool', tool: 'highlight' });
    expect(button(words.tool.highlight).getAttribute('aria-pressed')).toBe('true');
    fireEvent.keyDown(button(words.tool.highlight), { key: 'D' });
    expect(told('tool').at(-1)).toEqual({ type: 'tool', tool: 'draw' });
    await says({ type: 'toolChosen', tool: 'point' });
    expect(button(words.tool.point).getAttribute('aria-pressed')).toBe('true');
    expect(button(words.tool.draw).getAttribute('aria-pressed')).toBe('false');
  });

  test('proposes a path, and tells what became of it', async () => {
    const { coBrowse, id } = await live();
    coBrowse.answer('ProposeNavigation', () => ({ proposalId: 'p1' }));
    await propose('help/returns');
    expect(coBrowse.requests('ProposeNavigation')).toEqual([{ sessionId: id, url: '/help/returns' }]);
    expect(screen.getByText(words.proposal.waiting('/help/returns')).getAttribute('role')).toBe('status');
    act(() => {
      coBrowse.emit('NavigationAnswered', { sessionId: id, proposalId: 'p0', accepted: true });
    });
    expect(screen.getByText(words.proposal.waiting('/help/returns'))).toBeDefined();
    act(() => {
      coBrowse.emit('NavigationAnswered', { sessionId: id, proposalId: 'p1', accepted: false });
    });
    expect(screen.getByText(words.proposal.declined('/help/returns'))).toBeDefined();
  });

  test('forgets a proposal whose page is gone, until an answer comes all the same', async () => {
    const { coBrowse, id } = await live();
    coBrowse.answer('ProposeNavigation', () => ({ proposalId: 'p1' }));
    await propose('/cart');
    await act(async () => {
      coBrowse.emit('CustomerJoined', { sessionId: id, verified: true, returned: true });
      await settle();
    });
    expect(screen.queryByText(words.proposal.waiting('/cart'))).toBeNull();
    act(() => {
      coBrowse.emit('NavigationAnswered', { sessionId: id, proposalId: 'p1', accepted: true });
    });
    expect(screen.getByText(words.proposal.accepted('/cart'))).toBeDefined();
  });

  test('says clearly that a page may not be proposed', async () => {
    const { coBrowse } = await live();
    coBrowse.refuse('ProposeNavigation', 'forbidden');
    await propose('https://elsewhere.example/');
    expect(screen.getByText(words.proposal.forbidden('https://elsewhere.example/'))).toBeDefined();
  });

  test('hears an answer that overtook its proposal', async () => {
    const { coBrowse, id } = await live();
    coBrowse.answer('ProposeNavigation', () => {
      coBrowse.emit('NavigationAnswered', { sessionId: id, proposalId: 'p1', accepted: true });
      return { proposalId: 'p1' };
    });
    await propose('/cart');
    expect(screen.getByText(words.proposal.accepted('/cart'))).toBeDefined();
  });

  test('lets the page have all the room, and the conversation come back', async () => {
    const { desk } = await live();
    expect(screen.getByRole('log')).toBeDefined();
    const before = screen.getByTitle(words.frame);
    fireEvent.click(screen.getByRole('button', { name: words.wide }));
    expect(screen.queryByRole('log')).toBeNull();
    act(() => {
      desk.chats.unread.set(2);
    });
    expect(screen.getByText(en.chats.unread(2))).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: words.narrow }));
    expect(screen.getByRole('log')).toBeDefined();
    // The same frame: another one would begin at a keyframe.
    expect(screen.getByTitle(words.frame)).toBe(before);
  });

  test('is put away and shown again', async () => {
    await live();
    fireEvent.click(screen.getByRole('button', { name: words.putAway }));
    expect(screen.queryByTitle(words.frame)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: en.coPilot.showPage }));
    expect(screen.getByTitle(words.frame)).toBeDefined();
  });

  test('takes no focus by itself after a reload, but does in the place of what had it', async () => {
    (await live()).desk.dispose();
    cleanup();
    const { coBrowse } = await show({ state: 'live', page: { inScope: true, pageUrl: '/help', pageTitle: 'Help' } });
    await act(async () => {
      coBrowse.connect();
      await settle();
    });
    expect(screen.getByTitle(words.frame)).toBeDefined();
    expect(document.activeElement).toBe(document.body);
    for (const [name, region] of [
      [words.putAway, en.coPilot.title],
      [en.coPilot.showPage, /Help/],
    ] as const) {
      const button = screen.getByRole('button', { name });
      button.focus();
      fireEvent.click(button);
      expect(document.activeElement).toBe(screen.getByRole('region', { name: region }));
    }
  });

  test('is closed to tools while the customer has paused', async () => {
    const { coBrowse, id, told } = await live();
    act(() => {
      coBrowse.emit('Paused', { sessionId: id });
    });
    const before = told('tool').length;
    const button = screen.getByRole('button', { name: words.tool.draw });
    fireEvent.click(button);
    fireEvent.keyDown(button, { key: 'D' });
    expect(told('tool')).toHaveLength(before);
  });

  test('comes of one press of the keys, however long they are held', async () => {
    const { coBrowse } = await live(true);
    fireEvent.keyDown(window, { code: 'KeyC', altKey: true, repeat: true });
    await act(settle);
    expect(coBrowse.requests('CreateCode')).toHaveLength(1);
    fireEvent.keyDown(window, { code: 'KeyC', altKey: true });
    await act(settle);
    expect(coBrowse.requests('CreateCode')).toHaveLength(2);
  });

  test('makes way for the reason when the session ends', async () => {
    const { coBrowse, id } = await live();
    act(() => {
      coBrowse.emit('SessionEnded', { sessionId: id, reason: 'page_too_large' });
    });
    expect(screen.queryByTitle(words.frame)).toBeNull();
    expect(screen.getByText(en.coPilot.ended.page_too_large)).toBeDefined();
  });

  test('of a call is beside whatever chat is open', async () => {
    const { desk } = await live(true);
    expect(screen.getByTitle(words.frame)).toBeDefined();
    act(() => {
      desk.chats.select(undefined);
    });
    expect(screen.getByTitle(words.frame)).toBeDefined();
  });

  test('says that the connection is lost over what is seen', async () => {
    const { coBrowse } = await live();
    act(() => {
      coBrowse.disconnect();
    });
    expect(screen.getByText(en.coPilot.reconnecting).closest('[role=status]')).not.toBeNull();
  });
});

async function propose(path: string) {
  fireEvent.click(screen.getByRole('button', { name: words.propose }));
  fireEvent.change(screen.getByRole('textbox', { name: words.path }), { target: { value: path } });
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: words.proposeSubmit }));
    await settle();
  });
}
