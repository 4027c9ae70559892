import { IconArrowsExchange, IconCheck, IconScreenShare } from '@tabler/icons-react';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { ContactHeader } from './ContactHeader';
import { HeaderAction } from './HeaderAction';

interface ConversationHeaderProps {
  readonly chat: Chat;
  readonly mayAct: boolean;
  readonly onOpen: (what: 'end' | 'transfer' | 'customer') => void;
  readonly onCoPilot: () => void;
}

export function ConversationHeader({ chat, mayAct, onOpen, onCoPilot }: ConversationHeaderProps) {
  const m = useMessages();
  const known = useStore(chat.conversation.state, (state) => state.customer);
  const ended = useStore(chat.conversation.state, (state) => state.phase === 'ended');
  return (
    <ContactHeader
      contact={chat}
      customer={known ?? chat.customer}
      isPale={ended}
      away={chat.customerAway === true && !ended ? m.conversation.customerAway : undefined}
      onCustomer={() => {
        onOpen('customer');
      }}
    >
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
    </ContactHeader>
  );
}
