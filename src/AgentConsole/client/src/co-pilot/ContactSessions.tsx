import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { SessionCard } from './SessionCard';
import classes from './SessionCard.module.css';
import { useViewed } from './view/useViewed';

interface ContactSessionsProps {
  readonly contactId: string;
  /** The contact is still this agent's. */
  readonly isOpen: boolean;
  /** Where the customer can be invited; a call-back without one gets its code read out. */
  readonly conversationId: string | undefined;
}

/** The Co-Pilot sessions of a contact, above what else it shows. */
export function ContactSessions({ contactId, isOpen, conversationId }: ContactSessionsProps) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const viewed = useViewed(contactId);
  const sessions = useStore(coPilot.sessions).filter(
    (session) => session.contactId === contactId && session !== viewed,
  );
  return sessions.length === 0 ? null : (
    <div className={classes.inChat}>
      {sessions.map((session) => (
        <SessionCard
          key={session.requestId}
          session={session}
          title={m.coPilot.title}
          mayAskAnew={isOpen}
          conversationId={isOpen ? conversationId : undefined}
          returnFocusTo="conversation"
        />
      ))}
    </div>
  );
}
