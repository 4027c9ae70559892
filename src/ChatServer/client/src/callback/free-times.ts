import type { ServerApi } from '@copilot/shop-page';

export interface FreeTimesOptions {
  readonly api: Pick<ServerApi, 'callbackTimes'>;
  readonly site: string;
  readonly onChange: () => void;
}

/** The times that a customer can choose: as many as one answer has, and more as they are looked for. */
export class FreeTimes {
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  times: readonly Date[] = [];
  private readonly options: FreeTimesOptions;
  private nextFrom: string | undefined;
  private latest = 0;

  constructor(options: FreeTimesOptions) {
    this.options = options;
  }

  get hasMore(): boolean {
    return this.nextFrom !== undefined;
  }

  /** From now on; what was known stays until the answer is there. */
  load(topic: string): Promise<void> {
    return this.ask(topic, undefined);
  }

  /** What comes after those that are known. */
  async loadMore(topic: string): Promise<void> {
    if (this.nextFrom !== undefined && this.state === 'ready') {
      await this.ask(topic, this.nextFrom);
    }
  }

  private async ask(topic: string, from: string | undefined): Promise<void> {
    const { api, site, onChange } = this.options;
    const turn = (this.latest += 1);
    this.state = 'loading';
    onChange();
    try {
      const { times, nextFrom } = await api.callbackTimes(site, topic, from);
      if (turn === this.latest) {
        const found = times.map((time) => new Date(time));
        this.times = from === undefined ? found : [...this.times, ...found];
        this.nextFrom = nextFrom;
        this.state = 'ready';
      }
    } catch {
      if (turn === this.latest) {
        this.state = 'failed';
      }
    }
    onChange();
  }
}
