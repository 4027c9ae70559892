import { Text, Title } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './NoChat.module.css';

export function NoChat() {
  const m = useMessages();
  const desk = useDesk();
  const { chats } = useStore(desk.chats.state);
  const calls = useStore(desk.calls.state);
  return (
    <div className={classes.empty}>
      <IconMessages size={40} stroke={1.2} aria-hidden className={classes.icon} />
      <Title order={1} size="h4">
        {chats.length + calls.length === 0 ? m.chats.empty : m.chats.choose}
      </Title>
      <Text c="dimmed" size="sm" maw="22rem">
        {m.chats.chooseHint}
      </Text>
    </div>
  );
}
