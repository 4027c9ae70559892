import { type CallbackStatus, newId, type StartChatResult } from '@copilot/contracts';
import type { ChatState } from '../chat-state';
import type { ChatSession } from '../conversation/chat-session';
import type { KeptChat } from '../conversation/kept-chat';
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

/** The customer's way through call-backs: to the form, from a topic or a waiting chat; to the call-back that is open; and back to a chat. */
export class CallbackSteps {
  private readonly site: Pick<CallbackTask, 'site' | 'pageUrl' | 'api'>;
  private readonly host: CallbackHost;
  /** The one that is shown; undefined while none is, and while one is asked for. */
  private contactId: string | undefined;

  constructor({ site, pageUrl, api }: Pick<CallbackTask, 'site' | 'pageUrl' | 'api'>, host: CallbackHost) {
    this.site = { site, pageUrl, api };
    this.host = host;
  }

  /** @param chatId The waiting chat that is to become it. */
  ask(topic: string, chatId?: string): void {
    const { host } = this;
    const { topics } = host.state();
    this.show({
      topic,
      chatId,
      option: topics.find((each) => each.topic === topic && each.callback !== undefined),
      onBack: () => {
        if (this.contactId === undefined) {
          this.stepBack(chatId !== undefined);
        } else {
          this.away();
        }
      },
    });
  }

  /** Shows the one that this browser asked for; answers whether there is one. */
  resume(): boolean {
    const kept = this.host.kept.read();
    if (kept && kept.contactId !== this.contactId) {
      this.follow(kept.contactId, kept.topic);
    }
    return kept !== undefined;
  }

  /** Of a customer who asked for it elsewhere. */
  adopt(contactId: string, topic: string): void {
    this.host.kept.write({ contactId, topic });
    this.host.letGoOfChat();
    this.follow(contactId, topic);
  }

  /** Another tab has changed which one this browser has. */
  keptChanged(): void {
    const kept = this.host.kept.read();
    if (this.contactId !== undefined && kept === undefined) {
      this.away();
    }
    this.host.change({ openCallback: this.openTopic() });
  }

  /** The chat that was shown is not kept any more; answers whether a call-back has taken its place. */
  takeOver(): boolean {
    const isOpen = this.openTopic() !== undefined;
    if (isOpen) {
      this.host.letGoOfChat();
      this.resume();
    }
    return isOpen;
  }

  /** The topic of the one that is open. */
  openTopic(): string | undefined {
    const kept = this.host.kept.read();
    return kept && kept.endedAt === undefined ? kept.topic : undefined;
  }

  /** It is not shown any more; what asked for it goes on. */
  hide(): void {
    this.contactId = undefined;
    this.host.change({ callback: undefined });
  }

  private follow(contactId: string, topic: string): void {
    this.contactId = contactId;
    this.show({
      topic,
      key: { contactId },
      onBack: () => {
        this.away();
      },
    });
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
        this.asked(status, name);
      },
      onEnded: () => {
        this.ended();
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
      ...part,
    };
    host.change({ view: 'callback', callback: task, openCallback: this.openTopic() });
  }

  private asked({ contactId, topic }: CallbackStatus, name: string): void {
    const { host } = this;
    host.kept.write({ contactId, topic });
    host.letGoOfChat();
    // The same task goes on: what shows it has the answer already.
    this.contactId = contactId;
    host.change({ name, openCallback: topic });
  }

  private ended(): void {
    const kept = this.host.kept.read();
    if (kept && kept.endedAt === undefined) {
      this.host.kept.write({ ...kept, endedAt: Date.now() });
    }
    this.host.change({ openCallback: undefined });
  }

  private again(topic: string): void {
    this.stop();
    this.host.chooseTopic(topic);
    this.ask(topic);
  }

  private becameChat({ conversationId }: StartChatResult, topic: string): void {
    this.host.kept.forget();
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

  /** From the call-back to where something else can be asked. */
  private away(): void {
    this.stop();
    this.host.showStart();
  }

  private stop(): void {
    this.host.leave();
    this.hide();
    const kept = this.host.kept.read();
    if (kept?.endedAt !== undefined) {
      this.host.kept.forget();
    }
  }
}
