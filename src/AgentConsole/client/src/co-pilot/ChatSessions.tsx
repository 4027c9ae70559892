import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { SessionCard } from './SessionCard';
import classes from './SessionCard.module.css';
import { useViewed } from './view/useViewed';

/** The Co-Pilot sessions of a chat, above its conversation. */
export function ChatSessions({ chat }: { chat: Chat }) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const viewed = useViewed(chat.contactId);
  const sessions = useStore(coPilot.sessions).filter(
    (session) => session.contactId === chat.contactId && session !== viewed,
  );
  const isOpen = useStore(chat.conversation.state, (state) => state.phase === 'open');
  return sessions.length === 0 ? null : (
    <div className={classes.inChat}>
      {sessions.map((session) => (
        <SessionCard
          key={session.requestId}
          session={session}
          title={m.coPilot.title}
          mayAskAnew={isOpen}
          conversationId={isOpen ? chat.conversationId : undefined}
          returnFocusTo="conversation"
        />
      ))}
    </div>
  );
}
