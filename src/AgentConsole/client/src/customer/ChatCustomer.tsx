import type { Chat } from '../contacts/Chat';
import { useStore } from '../stores/useStore';
import { CustomerPanel } from './CustomerPanel';

/** The customer of a chat; the log may know more of them than the list. */
export function ChatCustomer({ chat }: { chat: Chat }) {
  const known = useStore(chat.conversation.state, (state) => state.customer);
  return <CustomerPanel contact={chat} customer={known ?? chat.customer} />;
}
