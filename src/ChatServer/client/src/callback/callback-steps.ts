import {
  type CallbackStatus,
  ContactKinds,
  type ContactSummary,
  newId,
  type StartChatResult,
} from '@copilot/contracts';
import type { ChatState } from '../chat-state';
import type { ChatSession } from '../conversation/chat-session';
import type { KeptChat } from '../conversation/kept-chat';
import { askOpenContacts } from '../conversation/open-contacts';
import type { CallbackTask } from './callback-task';
import type { KeptCallbackStore } from './kept-callback';

/** What call-backs need of the chat around them. */
export interface CallbackHost {
  readonly kept: KeptCallbackStore;
  readonly state: () => ChatState;
  readonly change: (part: Partial<ChatState>) => void;
  /** The chat's connection where there is one, else a new one that has not begun. */
  readonly session: () => ChatSession;
  /** Ends the connection, and what used it. */
  readonly leave: () => void;
  /** The chat has become a call-back; the connection goes on. */
  readonly letGoOfChat: () => void;
  readonly followChat: (kept: KeptChat) => void;
  readonly showStart: () => void;
  readonly chooseTopic: (topic: string) => void;
}

/** The customer's way through call-backs: to the form, from a topic or a waiting chat; to those that are open, one or a list; and back to a chat. */
export class CallbackSteps {
  private readonly site: Pick<CallbackTask, 'site' | 'pageUrl' | 'api'>;
  private readonly host: CallbackHost;
  /** The one that is shown; undefined while none is, or a list, and while one is asked for. */
  private contactId: string | undefined;
  /** Those of the list that is shown. */
  private listed: string | undefined;
  /** On which the customer's contacts were asked for. */
  private asked: ChatSession | undefined;

  constructor({ site, pageUrl, api }: Pick<CallbackTask, 'site' | 'pageUrl' | 'api'>, host: CallbackHost) {
    this.site = { site, pageUrl, api };
    this.host = host;
  }

  /** @param chatId The waiting chat that is to become it. */
  ask(topic: string, chatId?: string): void {
    const { topics } = this.host.state();
    this.show({
      topic,
      chatId,
      option: topics.find((each) => each.topic === topic && each.callback !== undefined),
      onBack: () => {
        if (this.contactId === undefined) {
          this.stepBack(chatId !== undefined);
        } else {
          this.back();
        }
      },
    });
  }

  /** Shows those that this browser knows of; answers whether there is one. */
  resume(): boolean {
    const kept = this.host.kept.list();
    const [first] = kept;
    if (kept.length > 1) {
      this.showList();
    } else if (first && first.contactId !== this.contactId) {
      this.follow(first.contactId, first.topic);
    }
    return first !== undefined;
  }

  /** Of a customer who asked for it elsewhere. */
  adopt(contactId: string, topic: string): void {
    this.host.kept.add({ contactId, topic });
    this.host.letGoOfChat();
    this.follow(contactId, topic);
  }

  /** What is open for the customer, wherever it was asked for. */
  learn(contacts: readonly ContactSummary[]): void {
    const added = contacts.filter((each) => each.kind === ContactKinds.callback && this.host.kept.add(each));
    if (added.length > 0) {
      this.keptChanged();
    }
  }

  /** Another tab, or this one, has changed which ones this browser has. */
  keptChanged(): void {
    const { kept } = this.host;
    const isLost = this.contactId !== undefined && !kept.has(this.contactId);
    if (isLost || (this.listed !== undefined && kept.list().length === 0)) {
      this.away();
    } else if (this.listed !== undefined && this.listed !== this.idsOf()) {
      this.showList();
    }
    this.host.change({ openCallbacks: this.openTopics() });
  }

  /** The chat that was shown is not kept any more; answers whether a call-back has taken its place. */
  takeOver(contactId: string | undefined): boolean {
    const callback = this.host.kept.open().find((each) => each.contactId === contactId);
    if (callback) {
      this.host.letGoOfChat();
      this.follow(callback.contactId, callback.topic);
    }
    return callback !== undefined;
  }

  /** The topics of those that are open. */
  openTopics(): readonly string[] {
    return this.host.kept.open().map((each) => each.topic);
  }

  /** Nothing of them is shown any more; what asked for them goes on. */
  hide(): void {
    this.contactId = undefined;
    this.listed = undefined;
    this.host.change({ callback: undefined });
  }

  private follow(contactId: string, topic: string): void {
    this.contactId = contactId;
    this.show({
      topic,
      key: { contactId },
      onBack: () => {
        this.back();
      },
    });
    this.askForOthers();
  }

  private show(part: { readonly topic: string } & Pick<CallbackTask, 'onBack'> & Partial<CallbackTask>): void {
    const { host } = this;
    const task: CallbackTask = {
      ...this.site,
      session: host.session(),
      name: host.state().name,
      key: undefined,
      chatId: undefined,
      option: undefined,
      onAsked: (status, name) => {
        this.accepted(status, name);
      },
      onEnded: () => {
        this.ended(this.contactId);
      },
      onAgain: () => {
        this.again(part.topic);
      },
      onChat: (result, topic) => {
        this.becameChat(result, topic);
      },
      onServed: () => {
        this.stepBack(true);
      },
      onAway: () => {
        this.away();
      },
      ...part,
    };
    this.listed = undefined;
    host.change({ view: 'callback', callback: task, openCallbacks: this.openTopics() });
  }

  private showList(): void {
    const { host } = this;
    const callbacks = host.kept.list();
    this.contactId = undefined;
    this.listed = this.idsOf();
    const task = {
      ...this.site,
      session: host.session(),
      callbacks,
      onOpen: (contactId: string) => {
        this.follow(contactId, callbacks.find((each) => each.contactId === contactId)?.topic ?? '');
      },
      onEnded: (contactId: string) => {
        this.ended(contactId);
      },
      onBack: () => {
        this.away();
      },
    };
    host.change({ view: 'callback', callback: task, openCallbacks: this.openTopics() });
    this.askForOthers();
  }

  /** Once for each connection that shows some. */
  private askForOthers(): void {
    const session = this.host.session();
    if (this.asked !== session) {
      this.asked = session;
      askOpenContacts(session, (contacts) => {
        this.learn(contacts);
      });
    }
  }

  private accepted({ contactId, topic }: CallbackStatus, name: string): void {
    const { host } = this;
    host.kept.add({ contactId, topic });
    host.letGoOfChat();
    // The same task goes on: what shows it has the answer already.
    this.contactId = contactId;
    host.change({ name, openCallbacks: this.openTopics() });
  }

  private ended(contactId: string | undefined): void {
    if (contactId !== undefined) {
      this.host.kept.ended(contactId);
    }
    this.host.change({ openCallbacks: this.openTopics() });
  }

  private again(topic: string): void {
    this.stop();
    this.host.chooseTopic(topic);
    this.ask(topic);
  }

  private becameChat({ conversationId }: StartChatResult, topic: string): void {
    if (this.contactId !== undefined) {
      this.host.kept.forget(this.contactId);
    }
    this.host.followChat({ requestId: newId(), topic, conversationId });
  }

  /** From the form to where it was opened. */
  private stepBack(isFromChat: boolean): void {
    if (isFromChat) {
      this.host.change({ view: 'conversation', callback: undefined });
    } else {
      this.stop();
      this.host.change({ view: 'form' });
    }
  }

  /** From one to the list of all, where there are others. */
  private back(): void {
    if (this.host.kept.list().some((each) => each.contactId !== this.contactId)) {
      this.showList();
    } else {
      this.away();
    }
  }

  /** To where something else can be asked. */
  private away(): void {
    this.stop();
    this.host.showStart();
  }

  private stop(): void {
    this.host.leave();
    this.hide();
    // Somebody has seen their end.
    this.host.kept.forgetEnded();
  }

  private idsOf(): string {
    return this.host.kept
      .list()
      .map((each) => each.contactId)
      .join();
  }
}
