import { Button } from '@mantine/core';
import { IconScreenShare } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { SessionCard } from './SessionCard';
import classes from './SessionCard.module.css';
import { useIsOwn } from './useIsOwn';
import { useViewed } from './view/useViewed';

const buttonId = 'co-pilot-call';

/** A code for somebody who called, and the sessions of no contact: nor of one that is not on the list any more, so that none runs out of sight. */
export function CallSessions() {
  const { coPilot, chats } = useDesk();
  const m = useMessages();
  const isOwn = useIsOwn();
  const viewed = useViewed(useStore(chats.state, (state) => state.selectedId));
  const sessions = useStore(coPilot.sessions).filter((session) => session !== viewed && !isOwn(session.contactId));
  return (
    <div className={classes.inSidebar}>
      <Button
        id={buttonId}
        variant="default"
        size="xs"
        fullWidth
        leftSection={<IconScreenShare size={16} aria-hidden />}
        onClick={() => {
          coPilot.requestCode();
        }}
      >
        {m.coPilot.forCall}
      </Button>
      {sessions.map((session) => (
        <SessionCard
          key={session.requestId}
          session={session}
          title={session.contactId === undefined ? m.coPilot.callTitle : m.coPilot.title}
          mayAskAnew={session.contactId === undefined}
          returnFocusTo={buttonId}
        />
      ))}
    </div>
  );
}
