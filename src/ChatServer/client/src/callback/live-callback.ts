import {
  backoff,
  type CallbackStatus,
  type ContactChangedEvent,
  ContactStates,
  DISCONNECTED,
  ErrorCodes,
  isRetriable,
  newId,
  parseHubError,
  Reasons,
  type StartChatResult,
  type Wait,
  waitFor,
} from '@copilot/contracts';
import { askTopic, type TopicOption } from '../topics/topic-options';
import type { CallbackKey, CallbackSurroundings, CallbackTask } from './callback-task';
import { FreeTimes } from './free-times';
import { type Deed, isAboutTimes, problemOf } from './problems';
import { untilAnswered } from './until-answered';

type LiveTask = CallbackSurroundings & Pick<CallbackTask, 'topic' | 'option' | 'onEnded'>;

/** A call-back that is there: how it stands, kept up by what the server tells and asked for anew on every connection; and what its customer may do with it. */
export class LiveCallback {
  status: CallbackStatus | undefined;
  /** How the topic's line and hours are. */
  option: TopicOption | undefined;
  /** It is not to be had any more. */
  isGone = false;
  /** The last try to read it was refused for now. */
  isUnread = false;
  busy: Deed | undefined;
  /** For `problemWords`. */
  problem: string | undefined;
  readonly times: FreeTimes;
  private readonly task: LiveTask;
  private readonly key: CallbackKey;
  private readonly onChange: () => void;
  private readonly wait: Wait;
  private readonly subscriptions: (() => void)[];
  private isReading = false;
  private isStale = false;
  private isOver = false;
  /** What an event leaves out was asked for after the end. */
  private isEndRead = false;

  /** @param status As it was answered a moment ago. */
  constructor(
    task: LiveTask,
    key: CallbackKey,
    onChange: () => void,
    { status, wait = waitFor }: { readonly status?: CallbackStatus | undefined; readonly wait?: Wait } = {},
  ) {
    const { session } = task;
    this.task = task;
    this.key = key;
    this.onChange = onChange;
    this.wait = wait;
    this.status = status;
    this.option = task.option;
    this.times = new FreeTimes({ api: task.api, site: task.site, onChange });
    this.subscriptions = [
      session.on('ContactChanged', (event) => {
        this.heard(event);
      }),
      session.onState((state) => {
        if (state === 'stopped' && this.status === undefined) {
          this.isUnread = true;
        }
        onChange();
      }),
      session.onConnected(() => {
        this.look();
      }),
    ];
    session.start();
  }

  get isClosed(): boolean {
    return this.isGone || this.status?.state === ContactStates.closed;
  }

  /** Nobody is busy with it, so it can be moved and changed. */
  get isFree(): boolean {
    return this.status !== undefined && !this.isClosed && this.status.state !== ContactStates.active;
  }

  get isLost(): boolean {
    return this.task.session.state === 'reconnecting';
  }

  get topic(): string {
    return this.status?.topic ?? this.task.topic ?? '';
  }

  /** Asks how it stands; what is asked for meanwhile is asked once more. */
  look(): void {
    if (this.isReading) {
      this.isStale = true;
    } else if (!this.isGone && !this.isEndRead) {
      void this.read();
    }
  }

  /** Answers whether it was done. */
  async move(when: Date | undefined): Promise<boolean> {
    const requestId = newId();
    const status = await this.try('moving', when, () =>
      this.task.session.call('RescheduleCallback', {
        requestId,
        ...this.key,
        ...(when === undefined ? {} : { when: when.toISOString() }),
      }),
    );
    return this.take(status) !== undefined;
  }

  async cancel(): Promise<void> {
    const requestId = newId();
    this.take(
      await this.try('cancelling', undefined, () =>
        this.task.session.call('CancelCallback', { requestId, ...this.key }),
      ),
    );
  }

  /** Makes a chat of it, in the place that it has. */
  async toChat(): Promise<StartChatResult | undefined> {
    const { status, task } = this;
    if (status === undefined) {
      return undefined;
    }
    const { contactId, topic } = status;
    const request = { requestId: newId(), topic, contactId, pageUrl: task.pageUrl };
    return this.try('chatting', undefined, () => task.session.call('StartChat', request));
  }

  dispose(): void {
    this.isOver = true;
    this.subscriptions.forEach((unsubscribe) => {
      unsubscribe();
    });
  }

  private heard(event: ContactChangedEvent): void {
    const { status } = this;
    if (status?.contactId !== event.contactId) {
      return;
    }
    const { state, position, estimatedWait, agent, dueAt, reason } = event;
    // Tries, and how it ended, are not in the event: where they matter they are said together with the rest.
    if (state !== ContactStates.scheduled && state !== ContactStates.closed) {
      this.change({ ...status, state, position, estimatedWait, agent, dueAt });
    }
    const isNews = state !== status.state || dueAt !== status.dueAt || reason === Reasons.switched;
    // What becomes a chat here is no call-back to be asked for; its answer is under way.
    if (isNews && this.busy !== 'chatting') {
      this.look();
    }
  }

  private async read(): Promise<void> {
    this.isReading = true;
    for (let failures = 1; !this.isOver; failures += 1) {
      this.isStale = false;
      const code = await this.readOnce();
      // Lost: the next connection asks, unless it is there already.
      const mayAnswer = code === undefined || code === DISCONNECTED ? this.isStale : isRetriable(code);
      if (!mayAnswer) {
        break;
      }
      if (code !== undefined) {
        await this.wait(backoff(failures));
      }
    }
    this.isReading = false;
  }

  private async readOnce(): Promise<string | undefined> {
    try {
      const status = await this.task.session.call('GetCallback', this.key);
      this.isUnread = false;
      this.take(status);
      await this.readOption();
      return undefined;
    } catch (error) {
      const { code } = parseHubError(error);
      if (code === ErrorCodes.notFound || code === ErrorCodes.invalid) {
        this.gone();
      } else {
        this.isUnread = code !== DISCONNECTED;
      }
      this.onChange();
      return code;
    }
  }

  private async readOption(): Promise<void> {
    const option = await askTopic(this.task.api, this.task.site, this.topic);
    if (option.availability !== 'unknown') {
      this.option = option;
      this.onChange();
    }
  }

  private async try<T>(deed: Deed, when: Date | undefined, call: () => Promise<T>): Promise<T | undefined> {
    if (this.busy !== undefined) {
      return undefined;
    }
    this.busy = deed;
    this.problem = undefined;
    this.onChange();
    try {
      return await untilAnswered(this.task.session, call, this.wait);
    } catch (error) {
      this.problem = problemOf(parseHubError(error).code, deed, when);
      if (isAboutTimes(this.problem, when)) {
        void this.times.load(this.topic);
      }
      this.look();
      return undefined;
    } finally {
      this.busy = undefined;
      this.onChange();
    }
  }

  /** @param status All of it, as the server answered. */
  private take(status: CallbackStatus | undefined): CallbackStatus | undefined {
    if (status !== undefined) {
      this.isEndRead ||= status.state === ContactStates.closed;
      this.change(status);
    }
    return status;
  }

  private gone(): void {
    this.isGone = true;
    if (!this.isOver) {
      this.task.onEnded();
    }
  }

  private change(status: CallbackStatus): void {
    if (!this.isOver) {
      this.status = status;
      if (this.isClosed) {
        this.task.onEnded();
      }
      this.onChange();
    }
  }
}
