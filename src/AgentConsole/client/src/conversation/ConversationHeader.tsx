import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconArrowsExchange, IconCheck, IconScreenShare, IconUserCircle } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { CustomerAvatar } from '../customer/CustomerAvatar';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './ConversationHeader.module.css';
import { HeaderAction } from './HeaderAction';

interface ConversationHeaderProps {
  readonly chat: Chat;
  readonly mayAct: boolean;
  readonly onOpen: (what: 'end' | 'transfer' | 'customer') => void;
  readonly onCoPilot: () => void;
}

export function ConversationHeader({ chat, mayAct, onOpen, onCoPilot }: ConversationHeaderProps) {
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
      <CustomerAvatar customer={customer} size={36} isPale={ended} className={classes.avatar} />
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
          <HeaderAction
            icon={IconScreenShare}
            text={m.coPilot.action}
            shortcut="coPilot"
            isDisabled={!mayAct}
            onClick={onCoPilot}
          />
          <HeaderAction
            icon={IconArrowsExchange}
            text={m.conversation.transfer}
            shortcut="transfer"
            isDisabled={!mayAct}
            onClick={() => {
              onOpen('transfer');
            }}
          />
          <HeaderAction
            icon={IconCheck}
            text={m.conversation.end}
            shortcut="end"
            isDisabled={!mayAct}
            onClick={() => {
              onOpen('end');
            }}
          />
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
