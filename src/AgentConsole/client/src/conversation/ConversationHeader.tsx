import { ActionIcon, Avatar, Button } from '@mantine/core';
import { IconArrowLeft, IconArrowsExchange, IconCheck, IconUserCircle } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { ariaKeys } from '../keyboard/shortcuts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './ConversationHeader.module.css';

interface ConversationHeaderProps {
  readonly chat: Chat;
  readonly mayAct: boolean;
  readonly onOpen: (what: 'end' | 'transfer' | 'customer') => void;
}

export function ConversationHeader({ chat, mayAct, onOpen }: ConversationHeaderProps) {
  const desk = useDesk();
  const m = useMessages();
  const known = useStore(chat.conversation.state, (state) => state.customer);
  const ended = useStore(chat.conversation.state, (state) => state.phase === 'ended');
  const customer = known ?? chat.customer;
  const name = customerName(customer, m);
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={m.chats.back}
        onClick={() => {
          desk.chats.select(undefined);
        }}
      >
        <IconArrowLeft size={20} aria-hidden className={classes.arrow} />
      </ActionIcon>
      <Avatar name={name} color={ended ? 'gray' : 'initials'} size={36} aria-hidden className={classes.avatar} />
      <div className={classes.who}>
        <h1 className={classes.name}>
          <bdi>{name}</bdi>
          {customer && <VerifiedIcon verified={customer.verified} />}
        </h1>
        <p className={classes.facts} dir="auto">
          {chat.topic === chat.queue ? chat.topic : `${chat.topic} · ${chat.queue}`}
        </p>
      </div>
      {!ended && (
        <>
          <Button
            variant="default"
            size="sm"
            disabled={!mayAct}
            className={classes.action}
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
            aria-keyshortcuts={ariaKeys('transfer')}
            onClick={() => {
              onOpen('transfer');
            }}
          >
            {m.conversation.transfer}
          </Button>
          <Button
            variant="default"
            size="sm"
            disabled={!mayAct}
            className={classes.action}
            leftSection={<IconCheck size={16} aria-hidden />}
            aria-keyshortcuts={ariaKeys('end')}
            onClick={() => {
              onOpen('end');
            }}
          >
            {m.conversation.end}
          </Button>
        </>
      )}
      <ActionIcon
        className={classes.info}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={m.customer.open}
        onClick={() => {
          onOpen('customer');
        }}
      >
        <IconUserCircle size={22} stroke={1.7} aria-hidden />
      </ActionIcon>
    </header>
  );
}
