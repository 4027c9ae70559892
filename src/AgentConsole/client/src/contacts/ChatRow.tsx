import { CloseButton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import { countUnread } from '../conversation/ConversationState';
import { CustomerAvatar } from '../customer/CustomerAvatar';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { Chat } from './Chat';
import classes from './ChatList.module.css';
import { ChatPreview } from './ChatPreview';
import { ChatTime } from './ChatTime';

interface ChatRowProps {
  readonly chat: Chat;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onDismiss: () => void;
}

export function ChatRow({ chat, isSelected, onSelect, onDismiss }: ChatRowProps) {
  const desk = useDesk();
  const m = useMessages();
  const state = useStore(chat.conversation.state);
  const customer = chat.customer ?? state.customer;
  const name = customerName(customer, m);
  const unread = countUnread(state, desk.profile.agentId);
  const ended = state.phase === 'ended';
  return (
    <li className={classes.item} data-ended={ended || undefined}>
      <UnstyledButton
        className={classes.row}
        aria-current={isSelected ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
        onClick={onSelect}
      >
        <CustomerAvatar customer={customer} size={38} isPale={ended} />
        <span className={classes.body}>
          <span className={classes.line}>
            <span className={classes.name} dir="auto">
              {name}
            </span>
            {customer && <VerifiedIcon verified={customer.verified} />}
            <ChatTime state={state} />
          </span>
          <span className={classes.line}>
            <ChatPreview chat={chat} state={state} />
            {unread > 0 && (
              <span className={classes.count}>
                <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
                <VisuallyHidden>{m.chats.unread(unread)}</VisuallyHidden>
              </span>
            )}
          </span>
        </span>
      </UnstyledButton>
      {ended && (
        <CloseButton className={classes.dismiss} size={24} aria-label={m.chats.dismiss(name)} onClick={onDismiss} />
      )}
    </li>
  );
}
