import { useDesk } from '../../app/AppContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import { useIsOwn } from '../useIsOwn';

/** The session whose page is on the screen: that of the contact which is open, or else one of no contact, as when somebody rings the shop. */
export function useViewed(contactId: string | undefined): CoPilotSession | undefined {
  const { coPilot } = useDesk();
  const viewed = useStore(coPilot.viewed);
  const isOwn = useIsOwn();
  return (
    viewed.find((session) => session.contactId !== undefined && session.contactId === contactId) ??
    viewed.find((session) => !isOwn(session.contactId))
  );
}
