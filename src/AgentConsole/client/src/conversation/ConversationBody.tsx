import type { Chat } from '../contacts/Chat';
import { useStore } from '../stores/useStore';
import { Composer } from './Composer';
import { ConversationLogView } from './ConversationLogView';
import { EndedBar } from './EndedBar';
import { LogFailed } from './LogFailed';
import { LogLoading } from './LogLoading';

interface ConversationBodyProps {
  readonly chat: Chat;
  /** Lets the agent say how an ended chat went; undefined where that is said elsewhere. */
  readonly onWrapUp?: (() => void) | undefined;
  /** False where something beside it has the focus first. */
  readonly takesFocus?: boolean;
}

/** The log of a conversation, with what the agent writes below. */
export function ConversationBody({ chat, onWrapUp, takesFocus = true }: ConversationBodyProps) {
  const phase = useStore(chat.conversation.state, (state) => state.phase);
  return (
    <>
      {phase === 'loading' && <LogLoading />}
      {phase === 'failed' && <LogFailed chat={chat} />}
      {(phase === 'open' || phase === 'ended') && <ConversationLogView chat={chat} />}
      {phase === 'ended' ? (
        <EndedBar chat={chat} onWrapUp={onWrapUp} />
      ) : (
        <Composer chat={chat} takesFocus={takesFocus} />
      )}
    </>
  );
}
