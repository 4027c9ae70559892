import {
  ContactKinds,
  ContactStates,
  ErrorCodes,
  newId,
  parseHubError,
  type RequestCallbackRequest,
  type Wait,
} from '@copilot/contracts';
import { askTopic, type TopicOption } from '../topics/topic-options';
import type { CallbackTask } from './callback-task';
import { FreeTimes } from './free-times';
import { isAboutTimes, problemOf } from './problems';
import { untilAnswered } from './until-answered';

/** What the customer filled in. */
export interface Wanted {
  /** In E.164. */
  readonly number: string;
  /** Absent for as soon as possible. */
  readonly when: Date | undefined;
  readonly name: string;
  readonly note: string;
}

/** A call-back that is being asked for. The number is kept nowhere. */
export class Asking {
  option: TopicOption | undefined;
  isBusy = false;
  /** For `problemWords`. */
  problem: string | undefined;
  readonly times: FreeTimes;
  private readonly task: CallbackTask;
  private readonly onChange: () => void;
  private readonly wait: Wait | undefined;
  private readonly unsubscribe: () => void;

  constructor(task: CallbackTask, onChange: () => void, wait?: Wait) {
    this.task = task;
    this.onChange = onChange;
    this.wait = wait;
    this.option = task.option;
    this.times = new FreeTimes({ api: task.api, site: task.site, onChange });
    this.unsubscribe = task.session.onState((state) => {
      if (state === 'stopped' && this.isBusy) {
        this.settle(ErrorCodes.forbidden);
      }
    });
  }

  get topic(): string {
    return this.task.topic ?? '';
  }

  /** How the line and the hours are now. */
  async look(): Promise<void> {
    const option = await askTopic(this.task.api, this.task.site, this.topic);
    if (option.availability !== 'unknown' || this.option === undefined) {
      this.option = option;
      this.onChange();
    }
  }

  /** Tells the task when it is accepted. */
  async ask(wanted: Wanted): Promise<void> {
    if (this.isBusy) {
      return;
    }
    const { session } = this.task;
    const request = this.requestOf(wanted);
    this.isBusy = true;
    this.problem = undefined;
    this.onChange();
    session.start();
    try {
      const status = await untilAnswered(session, () => session.call('RequestCallback', request), this.wait);
      this.isBusy = false;
      this.task.onAsked(status, wanted.name);
    } catch (error) {
      await this.refused(parseHubError(error).code, wanted.when);
    }
  }

  dispose(): void {
    this.unsubscribe();
  }

  private requestOf({ number, when, name, note }: Wanted): RequestCallbackRequest {
    const { chatId } = this.task;
    return {
      requestId: newId(),
      topic: this.topic,
      phone: number,
      ...(when === undefined ? {} : { when: when.toISOString() }),
      ...(chatId === undefined ? {} : { contactId: chatId }),
      ...(name === '' ? {} : { name }),
      ...(note === '' ? {} : { note }),
    };
  }

  private async refused(code: string, when: Date | undefined): Promise<void> {
    if ((code === ErrorCodes.conflict || code === ErrorCodes.notFound) && (await this.isServed())) {
      this.isBusy = false;
      this.task.onServed();
      return;
    }
    const problem = problemOf(code, 'asking', when);
    this.settle(problem);
    if (isAboutTimes(problem, when)) {
      void this.times.load(this.topic);
    }
    void this.look();
  }

  /** Somebody has taken the chat meanwhile, or it has ended. */
  private async isServed(): Promise<boolean> {
    const { chatId, session } = this.task;
    if (chatId === undefined) {
      return false;
    }
    const answer = await session.call('MyContacts', {}).catch(() => undefined);
    const chat = answer?.contacts.find((contact) => contact.contactId === chatId && contact.kind === ContactKinds.chat);
    return answer !== undefined && (chat === undefined || chat.state === ContactStates.active);
  }

  private settle(problem: string): void {
    this.isBusy = false;
    this.problem = problem;
    this.onChange();
  }
}
