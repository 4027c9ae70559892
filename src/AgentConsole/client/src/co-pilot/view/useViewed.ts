import { useDesk } from '../../app/AppContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';

/** The session whose page is on the screen: that of the chat which is open, or else one of no chat, as on a call. */
export function useViewed(contactId: string | undefined): CoPilotSession | undefined {
  const { coPilot, chats } = useDesk();
  const viewed = useStore(coPilot.viewed);
  const own = useStore(chats.state).chats;
  return (
    viewed.find((session) => session.contactId !== undefined && session.contactId === contactId) ??
    viewed.find((session) => !own.some((chat) => chat.contactId === session.contactId))
  );
}
