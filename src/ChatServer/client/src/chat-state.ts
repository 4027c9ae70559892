import type { WaitRange } from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { CallbackListTask, CallbackTask } from './callback/callback-task';
import type { InvitationState } from './conversation/invitation';
import type { Row } from './conversation/timeline';
import type { TopicOption } from './topics/topic-options';

/** All that the panel shows, and nothing else: made anew by the controller, drawn by the views. */
export interface ChatState {
  readonly view: 'topics' | 'form' | 'conversation' | 'callback';
  readonly isOpen: boolean;
  readonly topics: readonly TopicOption[];
  /** The topic of the form or of the chat. */
  readonly topic: string | undefined;
  /** More than one topic to go back to. */
  readonly canGoBack: boolean;
  /** Why the chat did not start, one of the wire's codes. */
  readonly formError: string | undefined;
  /** What was written when the start was refused. */
  readonly refusedText: string;
  readonly name: string;
  readonly connection: SessionState;
  /** `starting` until the server has taken it, `opening` while an earlier one is fetched. */
  readonly stage: 'starting' | 'opening' | 'waiting' | 'connecting' | 'active' | 'closed';
  readonly position: number | undefined;
  readonly estimatedWait: WaitRange | undefined;
  readonly agentName: string | undefined;
  readonly rows: readonly Row[];
  readonly ownId: string;
  /** Who is typing; empty when the name is not known. */
  readonly typing: string | undefined;
  readonly unread: number;
  /** The agent asks to look along. */
  readonly invitation: InvitationState | undefined;
  readonly isEnding: boolean;
  /** The chat may become a call-back. */
  readonly canBeCalled: boolean;
  /** A call-back that is asked for or shown, or a list of them. */
  readonly callback: CallbackTask | CallbackListTask | undefined;
  /** The topics of the customer's open call-backs, shown or not. */
  readonly openCallbacks: readonly string[];
  /** Why the conversation is not to be had any more. */
  readonly lostCode: string | undefined;
}

export const NOTHING_YET: ChatState = {
  view: 'topics',
  isOpen: false,
  topics: [],
  topic: undefined,
  canGoBack: false,
  formError: undefined,
  refusedText: '',
  name: '',
  connection: 'connecting',
  stage: 'starting',
  position: undefined,
  estimatedWait: undefined,
  agentName: undefined,
  rows: [],
  ownId: '',
  typing: undefined,
  unread: 0,
  invitation: undefined,
  isEnding: false,
  canBeCalled: false,
  callback: undefined,
  openCallbacks: [],
  lostCode: undefined,
};
