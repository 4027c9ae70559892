import type { GuidanceEvent } from '@copilot/contracts';
import { afterEach, beforeEach, vi } from 'vitest';
import { CoPilotSession } from '../../src/session/co-pilot-session';
import type { KeptSession } from '../../src/session/kept-session';
import { FakeCapture } from './fake-capture';
import { FakeHub, LIMITS, SCOPE } from './fake-hub';

export const SHOP = 'https://shop.example';

export const settle = () => vi.advanceTimersByTimeAsync(0);

/** One session on a page of the shop, and what it has around it in the test's hands. */
export class SessionWorld {
  hub = new FakeHub();
  readonly capture = new FakeCapture();
  readonly left: string[] = [];
  readonly pointedAt: (number | undefined)[] = [];
  kept: KeptSession | undefined;
  url = `${SHOP}/product?order=42#reviews`;
  isActive = false;
  session!: CoPilotSession;
  #pageChanged: (() => void) | undefined;

  begin(phase: KeptSession['phase'], options: { isJoined?: boolean; left?: KeptSession | undefined } = {}): void {
    const isJoined = options.isJoined ?? false;
    if (isJoined) {
      this.hub.connect();
    }
    const show = ({ x }: GuidanceEvent) => {
      this.pointedAt.push(x);
    };
    this.session = new CoPilotSession({
      hub: this.hub,
      isJoined,
      kept: {
        ...{ sessionId: 's1', resumeToken: 't1', customerToken: 'c', agentName: 'Anna' },
        ...{ scope: SCOPE, shownSelectors: [], limits: LIMITS },
        phase,
        ...options.left,
      },
      store: {
        write: (value) => {
          this.kept = value;
        },
        clear: () => {
          this.kept = undefined;
        },
      },
      watchPage: (onChange) => this.#watchPage(onChange),
      activity: { take: () => this.isActive, stop: () => undefined },
      leave: (to) => this.left.push(to),
      guidance: {
        ...{ point: show, highlight: show, draw: show, scrollTo: show },
        whereIs: () => 'below',
      },
      capture: this.capture,
      version: '1',
      onChange: () => undefined,
    });
  }

  async live(): Promise<void> {
    this.begin('live');
    this.hub.connect();
    await settle();
  }

  /** The page changes its address, and tells of it. */
  goTo(path: string): void {
    this.url = SHOP + path;
    this.#pageChanged?.();
  }

  #watchPage(onChange: () => void) {
    this.#pageChanged = onChange;
    const page = () => ({ url: this.url, title: 'A page', width: 800, height: 600 });
    return {
      get current() {
        return page();
      },
      stop: () => undefined,
    };
  }
}

/** Gives each test a world of its own, whose time it moves itself. */
export function eachInAWorld(give: (world: SessionWorld) => void): void {
  beforeEach(() => {
    vi.useFakeTimers();
    give(new SessionWorld());
  });

  afterEach(() => {
    vi.useRealTimers();
  });
}
