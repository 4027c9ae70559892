import { Button } from '@mantine/core';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import classes from './Log.module.css';

export function LogFailed({ chat }: { chat: Chat }) {
  const m = useMessages();
  return (
    <div className={classes.state} role="alert">
      {m.conversation.failed}
      <Button
        variant="default"
        onClick={() => {
          chat.conversation.follow();
        }}
      >
        {m.conversation.retry}
      </Button>
    </div>
  );
}
