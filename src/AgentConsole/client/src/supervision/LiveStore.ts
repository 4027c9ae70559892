import {
  ErrorCodes,
  type LineContacts,
  parseHubError,
  type SiteOverview,
  type Wait,
  waitFor,
} from '@copilot/contracts';
import { Refresher } from '../app/Refresher';
import type { ChatHub } from '../connection/ChatHub';
import { Cleanup } from '../stores/Cleanup';
import { Store } from '../stores/Store';

export interface LiveState {
  /** Undefined until the server has answered once; then the last that it told. */
  readonly overview: SiteOverview | undefined;
  /** The server tells of every change now. Otherwise the overview is of the past. */
  readonly isWatched: boolean;
  /** Why the server does not: a code. */
  readonly problem: string | undefined;
  /** The line whose contacts are shown. */
  readonly queue: string | undefined;
}

/** The whole site as the server tells it, from when it is opened until it is closed; and what supervisors do about it. */
export class LiveStore {
  readonly state = new Store<LiveState>({
    overview: undefined,
    isWatched: false,
    problem: undefined,
    queue: undefined,
  });
  private readonly hub: ChatHub;
  private readonly refresher: Refresher<SiteOverview>;
  private readonly cleanup = new Cleanup();

  constructor(hub: ChatHub, wait: Wait = waitFor) {
    this.hub = hub;
    this.refresher = new Refresher(
      () => this.watch(),
      (overview) => {
        this.state.update((state) => ({ ...state, overview, isWatched: true, problem: undefined }));
      },
      wait,
    );
  }

  open(): void {
    const { hub } = this;
    this.cleanup.add(
      hub.on('SiteOverviewChanged', (overview) => {
        this.state.update((state) => ({ ...state, overview }));
      }),
      hub.onState((state) => {
        if (state !== 'connected') {
          this.refresher.pause();
          this.state.update((live) => ({ ...live, isWatched: false }));
        }
      }),
      hub.onConnected(() => {
        this.refresher.open();
      }),
    );
    if (hub.state === 'connected') {
      this.refresher.open();
    }
  }

  close(): void {
    this.cleanup.run();
    this.refresher.stop();
    this.state.update((state) => ({ ...state, isWatched: false }));
    // Without an answer the server stops at the end of the connection.
    this.hub.call('UnwatchSite', {}).catch(() => undefined);
  }

  /** Asks again after a refusal that would not go away by itself. */
  retry(): void {
    this.state.update((state) => ({ ...state, problem: undefined }));
    this.refresher.request();
  }

  /** Shows who is in this line; undefined shows no line. */
  choose(queue: string | undefined): void {
    this.state.update((state) => ({ ...state, queue }));
    this.refresher.request();
  }

  /** @param until Undefined for until somebody opens it. Rejects when the server refuses or does not answer, as all that follow. */
  async closeQueue(queue: string, until: Date | undefined): Promise<void> {
    await this.hub.call('CloseQueue', { queue, ...(until && { until: until.toISOString() }) });
  }

  async openQueue(queue: string): Promise<void> {
    await this.hub.call('OpenQueue', { queue });
  }

  async moveContact(contactId: string, queue: string): Promise<void> {
    await this.hub.call('MoveContact', { contactId, queue });
  }

  async setPriority(contactId: string, headStartSeconds: number): Promise<void> {
    await this.hub.call('SetPriority', { contactId, headStartSeconds });
  }

  private async watch(): Promise<SiteOverview> {
    const { queue, overview: before } = this.state.get();
    try {
      const answer = await this.hub.call('WatchSite', queue === undefined ? {} : { queue });
      const { overview: pushed } = this.state.get();
      // What is pushed may overtake the answer.
      return pushed && pushed !== before && pushed.line?.queue === queue && isLater(pushed, answer) ? pushed : answer;
    } catch (error) {
      const { code } = parseHubError(error);
      if (code === ErrorCodes.notFound && queue !== undefined) {
        // The configuration has it no more.
        this.state.update((state) => ({ ...state, queue: undefined }));
        return this.watch();
      }
      this.state.update((state) => ({ ...state, problem: code }));
      throw error;
    }
  }
}

function isLater(one: SiteOverview, other: SiteOverview): boolean {
  return Date.parse(one.at) > Date.parse(other.at);
}

/** Of the chosen line; undefined until the server has told of it. */
export function chosenLine({ overview, queue }: LiveState): LineContacts | undefined {
  return overview?.line?.queue === queue ? overview?.line : undefined;
}

/** Whether what is shown may not be so any more. While the server tells of changes its silence says that there are none, unless it said that it cannot read them. */
export function isOld({ overview, isWatched }: LiveState): boolean {
  return overview !== undefined && (!isWatched || overview.isOld === true);
}
