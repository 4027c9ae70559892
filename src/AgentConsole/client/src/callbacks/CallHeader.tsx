import { IconArrowsExchange, IconScreenShare } from '@tabler/icons-react';
import { ContactHeader } from '../conversation/ContactHeader';
import { HeaderAction } from '../conversation/HeaderAction';
import { useMessages } from '../locales/LocaleContext';
import type { Call } from './Call';

interface CallHeaderProps {
  readonly call: Call;
  readonly hasChat: boolean;
  readonly mayAct: boolean;
  readonly onCoPilot: () => void;
  readonly onTransfer: () => void;
  readonly onCustomer: () => void;
}

export function CallHeader({ call, hasChat, mayAct, onCoPilot, onTransfer, onCustomer }: CallHeaderProps) {
  const m = useMessages();
  return (
    <ContactHeader
      contact={call}
      customer={call.customer}
      isPale={call.result !== undefined}
      isAlone={hasChat}
      onCustomer={onCustomer}
    >
      {!call.result && (
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
            onClick={onTransfer}
          />
        </>
      )}
    </ContactHeader>
  );
}
