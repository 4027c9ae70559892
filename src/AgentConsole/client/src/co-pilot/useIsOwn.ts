import { useDesk } from '../app/AppContext';
import { useStore } from '../stores/useStore';

/** Tells whether a contact is on one of this agent's lists. */
export function useIsOwn(): (contactId: string | undefined) => boolean {
  const { chats, calls } = useDesk();
  const own = [...useStore(chats.state).chats, ...useStore(calls.state)];
  return (contactId) => own.some((contact) => contact.contactId === contactId);
}
