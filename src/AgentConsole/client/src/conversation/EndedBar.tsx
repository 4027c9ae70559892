import { Button, Group } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { isWrapUp } from '../ending/dispositions';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Composer.module.css';

interface EndedBarProps {
  readonly chat: Chat;
  readonly mayAct: boolean;
  readonly onWrapUp: () => void;
}

export function EndedBar({ chat, mayAct, onWrapUp }: EndedBarProps) {
  const desk = useDesk();
  const m = useMessages();
  const wrappedUp = useStore(chat.conversation.state, (state) => state.entries.some(isWrapUp));
  return (
    <div className={classes.ended}>
      <span>{m.conversation.ended}</span>
      <Group gap="sm">
        {!wrappedUp && (
          <Button size="sm" disabled={!mayAct} onClick={onWrapUp}>
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
