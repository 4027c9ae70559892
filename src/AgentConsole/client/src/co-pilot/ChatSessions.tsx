import type { Chat } from '../contacts/Chat';
import { useStore } from '../stores/useStore';
import { ContactSessions } from './ContactSessions';

/** The Co-Pilot sessions of a chat, above its conversation. */
export function ChatSessions({ chat }: { chat: Chat }) {
  const isOpen = useStore(chat.conversation.state, (state) => state.phase === 'open');
  return <ContactSessions contactId={chat.contactId} isOpen={isOpen} conversationId={chat.conversationId} />;
}
