import { Skeleton, Text, Title } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './ChatList.module.css';
import { ChatRow } from './ChatRow';

export function ChatList() {
  const desk = useDesk();
  const m = useMessages();
  const { chats: all, selectedId, loaded } = useStore(desk.chats.state);
  const calls = useStore(desk.calls.state);
  // That of a call-back is beside its call.
  const chats = all.filter((chat) => !calls.some((call) => call.contactId === chat.contactId));
  return (
    <section className={classes.section} aria-labelledby="chats-title">
      <Title order={2} id="chats-title" className={classes.title}>
        {m.chats.title}
      </Title>
      {chats.length === 0 &&
        (loaded ? (
          <div className={classes.empty}>
            <Text size="sm" fw={500}>
              {m.chats.empty}
            </Text>
            <Text size="xs" c="dimmed">
              {m.chats.emptyHint}
            </Text>
          </div>
        ) : (
          <div role="status" aria-label={m.chats.loading} className={classes.loading}>
            <Skeleton height={56} />
            <Skeleton height={56} />
          </div>
        ))}
      <ul className={classes.list}>
        {chats.map((chat) => (
          <ChatRow
            key={chat.contactId}
            chat={chat}
            isSelected={chat.contactId === selectedId}
            onSelect={() => {
              desk.chats.select(chat.contactId);
            }}
            onDismiss={() => {
              desk.dismiss(chat.contactId);
            }}
          />
        ))}
      </ul>
    </section>
  );
}
