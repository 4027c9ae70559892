import { Button, Text } from '@mantine/core';
import { IconMessageShare } from '@tabler/icons-react';
import { useDesk, useNow } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { CoPilotSession } from './CoPilotSession';
import classes from './SessionCard.module.css';

/** Somebody who is in the chat answers sooner; who does not may not have seen it. */
const PATIENCE_MS = 20_000;

interface InviteInChatProps {
  readonly session: CoPilotSession;
  readonly conversationId: string;
}

/** In a chat nobody needs to read a code out: it comes to the customer as a click. */
export function InviteInChat({ session, conversationId }: InviteInChatProps) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const now = useNow();
  const isConnected = useStore(coPilot.connection, (connection) => connection === 'connected');
  const { isSending, sentAt, problem } = useStore(session.invitation.state);
  const isLong = sentAt !== undefined && now - sentAt > PATIENCE_MS;
  return (
    <div className={classes.invite}>
      <Button
        size="xs"
        variant={sentAt === undefined ? 'filled' : 'default'}
        leftSection={<IconMessageShare size={16} aria-hidden />}
        loading={isSending}
        disabled={!isConnected}
        onClick={() => {
          void session.invitation.send(conversationId, Date.now());
        }}
      >
        {sentAt === undefined ? m.coPilot.invite : m.coPilot.inviteAgain}
      </Button>
      <Text size="sm" role="status">
        {problem !== undefined
          ? `${m.coPilot.notInvited} ${errorText(problem, m)}`
          : sentAt === undefined
            ? ''
            : isLong
              ? m.coPilot.invitedLong
              : m.coPilot.invited}
      </Text>
    </div>
  );
}
