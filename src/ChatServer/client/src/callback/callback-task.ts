import type { CallbackStatus, StartChatResult, WaitRange } from '@copilot/contracts';
import type { ServerApi } from '@copilot/shop-page';
import type { ChatSession } from '../conversation/chat-session';
import type { TopicOption } from '../topics/topic-options';
import type { KeptCallback } from './kept-callback';

/** How the server knows which call-back is meant: the customer's own, or anybody's by its token. */
export type CallbackKey = { readonly contactId: string } | { readonly manageToken: string };

/** What every call-back needs of the chat around it. */
export interface CallbackSurroundings {
  readonly site: string;
  readonly pageUrl: string;
  readonly api: Pick<ServerApi, 'contactOptions' | 'callbackTimes'>;
  /** Started by the first call that is made, so that nothing connects before somebody asks. */
  readonly session: ChatSession;
}

/** What the chat hands to the script of call-backs: one to ask for, or one that is there. */
export interface CallbackTask extends CallbackSurroundings {
  /** Absent where only the token is known. */
  readonly topic: string | undefined;
  /** Of the one that is there; absent, it is to be asked for. */
  readonly key: CallbackKey | undefined;
  /** The waiting chat that is to become it. */
  readonly chatId: string | undefined;
  /** What is known of the topic already. */
  readonly option: TopicOption | undefined;
  /** What the customer typed before. */
  readonly name: string;
  readonly onAsked: (status: CallbackStatus, name: string) => void;
  readonly onEnded: () => void;
  /** To ask for another one like it; of those who can. */
  readonly onAgain: (() => void) | undefined;
  /** Of those who may make a chat of it: where it is shown, there is a chat to show too. */
  readonly onChat: ((result: StartChatResult, topic: string) => void) | undefined;
  /** Somebody serves the chat that was to become it. */
  readonly onServed: () => void;
  readonly onBack: (() => void) | undefined;
  /** To something else, which goes on beside it. */
  readonly onAway: (() => void) | undefined;
}

/** Several that are there, to choose one of. */
export interface CallbackListTask extends CallbackSurroundings {
  readonly callbacks: readonly Pick<KeptCallback, 'contactId' | 'topic'>[];
  readonly onOpen: (contactId: string) => void;
  readonly onEnded: (contactId: string) => void;
  readonly onBack: () => void;
}

/** The page around it. */
export interface CallbackPage {
  readonly locale: string;
  /** Where the shop has call-backs managed from other devices, if its page says so. */
  readonly managePage: string | undefined;
  /** In the chat's words, which are not loaded twice. */
  readonly topicLabel: (topic: string) => string;
  /** Empty while nothing is known. */
  readonly waitText: (range: WaitRange | undefined) => string;
}

/** One task on screen. */
export interface CallbackPart {
  readonly element: HTMLElement;
  focusFirst(): void;
  /** Escape answers a question first; true when there was one. */
  escape(): boolean;
  back(): void;
  /** The page is before the customer's eyes again: what may have been missed is asked for. */
  look(): void;
  dispose(): void;
}

/** What the script of call-backs exports. */
export interface CallbackScript {
  mountCallback(task: CallbackTask, page: CallbackPage): CallbackPart;
  mountCallbackList(task: CallbackListTask, page: CallbackPage): CallbackPart;
}
