import { Drawer, SegmentedControl } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { useDesk } from '../app/AppContext';
import { ContactSessions } from '../co-pilot/ContactSessions';
import type { Chat } from '../contacts/Chat';
import { ConversationBody } from '../conversation/ConversationBody';
import { countUnread } from '../conversation/ConversationState';
import { CustomerPanel } from '../customer/CustomerPanel';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { TransferDialog } from '../transfer/TransferDialog';
import type { Call } from './Call';
import { CallCard } from './CallCard';
import { CallHeader } from './CallHeader';
import classes from './CallPane.module.css';

/** CSS pixels from which call and conversation have room side by side. */
const roomForBoth = 760;

interface CallPaneProps {
  readonly call: Call;
  /** Of a call-back that was a chat. */
  readonly chat: Chat | undefined;
}

/** A call-back on the screen: the card to call by and, where there is one, the conversation beside it. */
export function CallPane({ call, chat }: CallPaneProps) {
  const desk = useDesk();
  const m = useMessages();
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const isSaving = useStore(desk.calls.outcomes.pending).some((one) => one.contactId === call.contactId);
  const [opened, setOpened] = useState<'transfer' | 'customer'>();
  const isOpen = call.result === undefined;
  const mayAct = isOpen && isConnected && !isSaving;
  const close = (): void => {
    setOpened(undefined);
  };
  const askForCode = (): void => {
    desk.coPilot.requestCode(call.contactId);
  };
  const transfer = (): void => {
    setOpened('transfer');
  };

  useShortcuts({ coPilot: mayAct ? askForCode : undefined, transfer: mayAct ? transfer : undefined });

  return (
    <>
      <CallHeader
        call={call}
        hasChat={chat !== undefined}
        mayAct={mayAct}
        onCoPilot={askForCode}
        onTransfer={transfer}
        onCustomer={() => {
          setOpened('customer');
        }}
      />
      <ContactSessions contactId={call.contactId} isOpen={isOpen} conversationId={call.conversationId} />
      {chat ? <CallBesideTalk call={call} chat={chat} /> : <OnlyCall call={call} />}
      <TransferDialog contact={call} opened={opened === 'transfer'} onClose={close} />
      <Drawer
        opened={opened === 'customer'}
        onClose={close}
        position="right"
        size="20rem"
        title={m.customer.title}
        closeButtonProps={{ 'aria-label': m.customer.close }}
      >
        <CustomerPanel contact={call} customer={call.customer} />
      </Drawer>
    </>
  );
}

function OnlyCall({ call }: { call: Call }) {
  return (
    <div className={classes.only}>
      <CallCard call={call} takesNote />
    </div>
  );
}

/** Where there is no room for both one of them is there: a conversation that is not seen must not count as read. */
function CallBesideTalk({ call, chat }: { call: Call; chat: Chat }) {
  const desk = useDesk();
  const m = useMessages();
  const { ref, width } = useElementSize();
  const [view, setView] = useState<'call' | 'talk'>('call');
  const state = useStore(chat.conversation.state);
  const unread = countUnread(state, desk.profile.agentId);
  const isWide = width >= roomForBoth;
  return (
    <div ref={ref} className={classes.both} data-wide={isWide || undefined}>
      {!isWide && (
        <SegmentedControl
          fullWidth
          className={classes.views}
          aria-label={m.calls.card.views}
          data={[
            { value: 'call', label: m.calls.card.callView },
            { value: 'talk', label: `${m.calls.card.talkView}${unread > 0 ? ` (${unread})` : ''}` },
          ]}
          value={view}
          onChange={setView}
        />
      )}
      {(isWide || view === 'call') && (
        <div className={classes.call}>
          <CallCard call={call} takesNote={!isWide} />
        </div>
      )}
      {(isWide || view === 'talk') && (
        <div className={classes.talk}>
          <ConversationBody chat={chat} takesFocus={!isWide} />
        </div>
      )}
    </div>
  );
}
