import { type CoBrowseHubCalls, type GuidanceRequest, parseHubError } from '@copilot/contracts';
import type { CoBrowseHub } from '../CoBrowseHub';

type Guidance = Omit<GuidanceRequest, 'sessionId' | 'seq'>;

export interface PageGuideOptions {
  readonly hub: CoBrowseHub;
  /** Undefined while the session has no id. */
  readonly sessionId: () => string | undefined;
  /** The code of what refused it, or undefined when it was taken. */
  readonly onTold: (problem: string | undefined) => void;
}

/** What goes from the viewer to the hub. Of what only the newest counts one call is on its way at a time. */
export class PageGuide {
  private readonly options: PageGuideOptions;
  private readonly acknowledging: Newest<number>;
  private readonly asking: Newest<number>;
  private readonly pointing: Newest<Guidance>;
  private shown: number | undefined;

  constructor(options: PageGuideOptions) {
    this.options = options;
    this.acknowledging = new Newest((seq) => this.call('AcknowledgeFrames', { seq }));
    this.asking = new Newest((seq) => this.call('RequestKeyframe', { seq }));
    this.pointing = new Newest((guidance) => this.call('Point', guidance));
  }

  acknowledge(seq: number): void {
    this.shown = seq;
    this.acknowledging.say(seq);
  }

  requestKeyframe(seq: number): void {
    this.asking.say(seq);
  }

  /** One of many: whether it got there is seen from the next. */
  point(guidance: Guidance): void {
    this.pointing.say(guidance);
  }

  /** Meant for the page that the agent has seen, should the customer be on the next by now. */
  async show(how: 'Highlight' | 'Draw' | 'ScrollTo', guidance: Guidance): Promise<void> {
    try {
      await this.call(how, this.shown === undefined ? guidance : { ...guidance, seq: this.shown });
      this.options.onTold(undefined);
    } catch (error) {
      this.options.onTold(parseHubError(error).code);
    }
  }

  private async call<M extends keyof CoBrowseHubCalls>(
    method: M,
    request: Omit<CoBrowseHubCalls[M]['request'], 'sessionId'>,
  ): Promise<void> {
    const { hub, sessionId } = this.options;
    const id = sessionId();
    if (id !== undefined) {
      await hub.call(method, { ...request, sessionId: id });
    }
  }
}

/** Says the newest thing as soon as the one before is answered. What failed is not said again: something newer comes, or is not needed. */
class Newest<T> {
  private readonly send: (value: T) => Promise<void>;
  private next: { readonly value: T } | undefined;
  private isSending = false;

  constructor(send: (value: T) => Promise<void>) {
    this.send = send;
  }

  say(value: T): void {
    this.next = { value };
    if (!this.isSending) {
      void this.run();
    }
  }

  private async run(): Promise<void> {
    this.isSending = true;
    while (this.next) {
      const { value } = this.next;
      this.next = undefined;
      await this.send(value).catch(() => undefined);
    }
    this.isSending = false;
  }
}
