import type { FromViewer, ToViewer } from '@copilot/cobrowse/viewer-messages';
import type { WatchResult } from '@copilot/contracts';
import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { AppContext, DeskContext } from '../src/app/AppContext';
import type { ConsoleApp } from '../src/app/ConsoleApp';
import { ServerClock } from '../src/clock/ServerClock';
import { Ticker } from '../src/clock/Ticker';
import { en } from '../src/locales/en';
import { Shell } from '../src/shell/Shell';
import { Store } from '../src/stores/Store';
import { FakeHub, nobody } from './fakeHub';
import { contact, entry, joined, openDesk, settle } from './fixtures';

export const VIEWER = 'http://viewer.example:5082';
const { view: words } = en.coPilot;

/** The console with one chat, on hubs in the test's hands. */
export async function show(watched: Partial<WatchResult> = {}) {
  const hub = new FakeHub();
  hub.answer('SetStatus', () => ({ ...nobody, status: 'available', contacts: [contact(1)] }));
  hub.answer('Join', (request) => joined(request.conversationId, [entry(1)]));
  const opened = openDesk(hub);
  const { coBrowse, desk } = opened;
  coBrowse.watched = { ...coBrowse.watched, viewerUrl: `${VIEWER}/`, ...watched };
  for (const method of ['AcknowledgeFrames', 'RequestKeyframe', 'Point', 'Highlight', 'Draw', 'ScrollTo'] as const) {
    coBrowse.answer(method, () => ({}));
  }
  hub.connect();
  await settle();
  desk.chats.select('contact1');
  const flag = new Store(true);
  const app = {
    ...{ clock: new ServerClock(), ticker: new Ticker(() => Date.now(), 1_000) },
    attention: { state: flag },
    preferences: { state: new Store({ locale: 'en', muted: false }) },
    ringer: { state: new Store({ blocked: false }), blocked: new Store(false) },
    notices: opened.notices,
  } as unknown as ConsoleApp;
  render(
    <AppContext value={app}>
      <MantineProvider env="test">
        <DeskContext value={desk}>
          <Shell />
        </DeskContext>
      </MantineProvider>
    </AppContext>,
  );
  await act(settle);
  return opened;
}

/** A session of the chat (or of a call) whose customer is asked, with a viewer that is ready. */
export async function begun(isOnCall = false) {
  const opened = await show();
  const { desk, coBrowse } = opened;
  await act(async () => {
    desk.coPilot.requestCode(isOnCall ? undefined : 'contact1');
    coBrowse.connect();
    await settle();
  });
  const id = desk.coPilot.sessions.get()[0]?.state.get().sessionId ?? '';
  act(() => {
    coBrowse.emit('CustomerJoined', { sessionId: id, verified: true, returned: false });
  });
  return { ...opened, id, ...viewer() };
}

/** The viewer that is there, and its end of the talk. */
export function viewer() {
  const frame = screen.getByTitle<HTMLIFrameElement>(words.frame);
  const posted: { message: ToViewer; origin: string }[] = [];
  const target = frame.contentWindow as Window;
  target.postMessage = ((message: ToViewer, origin: string) => {
    posted.push({ message, origin });
  }) as Window['postMessage'];
  const says = (message: FromViewer | Record<string, unknown>, origin = VIEWER, source: Window = target) =>
    act(async () => {
      dispatchEvent(new MessageEvent('message', { data: message, origin, source }));
      await settle();
    });
  const told = (type: ToViewer['type']) =>
    posted.map(({ message }) => message).filter((message) => message.type === type);
  return { frame, posted, says, told };
}

export async function live(isOnCall = false) {
  const shown = await begun(isOnCall);
  fireEvent.load(shown.frame);
  await shown.says({ type: 'ready', version: 1 });
  act(() => {
    shown.coBrowse.emit('ConsentGiven', { sessionId: shown.id, endsAt: '2026-11-22T09:00:00Z' });
    shown.coBrowse.emit('PageShown', {
      sessionId: shown.id,
      page: { inScope: true, pageUrl: '/help', pageTitle: '<b>Help</b>', viewport: { width: 390, height: 800 } },
    });
  });
  return shown;
}

export const frame = (seq: number, keyframe: boolean) => ({ seq, keyframe, part: 0, parts: 1, data: btoa('abc') });

export async function faults() {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
    // Its page is another one's.
    preload: false,
    iframes: false,
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
