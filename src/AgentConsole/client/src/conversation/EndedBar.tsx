import { Button, Group } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { isWrapUp } from '../ending/dispositions';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Composer.module.css';

interface EndedBarProps {
  readonly chat: Chat;
  /** Undefined where how it went is said elsewhere. */
  readonly onWrapUp: (() => void) | undefined;
}

export function EndedBar({ chat, onWrapUp }: EndedBarProps) {
  const desk = useDesk();
  const m = useMessages();
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const wrappedUp = useStore(chat.conversation.state, (state) => state.entries.some(isWrapUp));
  return (
    <div className={classes.ended}>
      <span>{m.conversation.ended}</span>
      <Group gap="sm">
        {!wrappedUp && onWrapUp && (
          <Button size="sm" disabled={!isConnected} onClick={onWrapUp}>
            {m.end.wrapUp}
          </Button>
        )}
        <Button
          variant="default"
          size="sm"
          onClick={() => {
            desk.dismiss(chat.contactId);
          }}
        >
          {m.conversation.dismiss}
        </Button>
      </Group>
    </div>
  );
}
