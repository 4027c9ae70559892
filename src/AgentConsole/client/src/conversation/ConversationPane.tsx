import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { useDesk } from '../app/AppContext';
import { ChatSessions } from '../co-pilot/ChatSessions';
import type { Chat } from '../contacts/Chat';
import { ChatCustomer } from '../customer/ChatCustomer';
import { EndDialog } from '../ending/EndDialog';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { TransferDialog } from '../transfer/TransferDialog';
import { ConversationBody } from './ConversationBody';
import { ConversationHeader } from './ConversationHeader';

type Opened = 'end' | 'transfer' | 'customer' | undefined;

export function ConversationPane({ chat }: { chat: Chat }) {
  const desk = useDesk();
  const m = useMessages();
  const phase = useStore(chat.conversation.state, (state) => state.phase);
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => {
    setOpened(undefined);
  };
  const mayAct = phase === 'open' && isConnected;

  const askForCode = (): void => {
    desk.coPilot.requestCode(chat.contactId);
  };

  useShortcuts({
    coPilot: mayAct ? askForCode : undefined,
    end: mayAct
      ? () => {
          setOpened('end');
        }
      : undefined,
    transfer: mayAct
      ? () => {
          setOpened('transfer');
        }
      : undefined,
  });

  return (
    <>
      <ConversationHeader chat={chat} mayAct={mayAct} onOpen={setOpened} onCoPilot={askForCode} />
      <ChatSessions chat={chat} />
      <ConversationBody
        chat={chat}
        onWrapUp={() => {
          setOpened('end');
        }}
      />
      <EndDialog chat={chat} opened={opened === 'end'} onClose={close} />
      <TransferDialog contact={chat} opened={opened === 'transfer'} onClose={close} />
      <Drawer
        opened={opened === 'customer'}
        onClose={close}
        position="right"
        size="20rem"
        title={m.customer.title}
        closeButtonProps={{ 'aria-label': m.customer.close }}
      >
        <ChatCustomer chat={chat} />
      </Drawer>
    </>
  );
}
