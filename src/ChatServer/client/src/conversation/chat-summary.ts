import { ContactStates } from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { ChatState } from '../chat-state';
import type { LiveChat } from './live-chat';
import { timelineOf } from './timeline';

/** What the panel shows of a chat. */
export function summaryOf(chat: LiveChat, connection: SessionState, ownId: string): Partial<ChatState> {
  const entries = chat.log?.entries ?? [];
  const readBy = chat.log?.readBy ?? new Map<string, number>();
  return {
    connection,
    stage: stageOf(chat),
    position: chat.position,
    estimatedWait: chat.estimatedWait,
    agentName: chat.log?.agent?.name || undefined,
    rows: timelineOf({ ownId, entries, items: chat.outbox.items, readBy }),
    typing: chat.typing.name,
    unread: chat.unread + (chat.invitation.isNews ? 1 : 0),
    invitation: chat.state === ContactStates.active ? chat.invitation.state : undefined,
    isEnding: chat.isEnding,
    lostCode: chat.lost?.code,
  };
}

export const NO_CHAT: Partial<ChatState> = {
  rows: [],
  position: undefined,
  estimatedWait: undefined,
  typing: undefined,
  unread: 0,
  invitation: undefined,
  isEnding: false,
  lostCode: undefined,
};

function stageOf(chat: LiveChat): ChatState['stage'] {
  switch (chat.state) {
    case undefined:
      return chat.kept.conversationId === undefined ? 'starting' : 'opening';
    case ContactStates.closed:
      return 'closed';
    case ContactStates.active:
      return 'active';
    case ContactStates.offered:
      return 'connecting';
    default:
      return 'waiting';
  }
}
