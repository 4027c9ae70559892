import { Button } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import classes from './Composer.module.css';

export function EndedBar({ chat }: { chat: Chat }) {
  const desk = useDesk();
  const m = useMessages();
  return (
    <div className={classes.ended}>
      <span>{m.conversation.ended}</span>
      <Button
        variant="default"
        size="sm"
        onClick={() => {
          desk.dismiss(chat.contactId);
        }}
      >
        {m.conversation.dismiss}
      </Button>
    </div>
  );
}
