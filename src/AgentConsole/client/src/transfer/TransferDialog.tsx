import { Modal } from '@mantine/core';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import { TransferForm } from './TransferForm';

interface TransferDialogProps {
  readonly chat: Chat;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function TransferDialog({ chat, opened, onClose }: TransferDialogProps) {
  const m = useMessages();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={m.transfer.title}
      closeButtonProps={{ 'aria-label': m.transfer.cancel }}
    >
      <TransferForm chat={chat} onClose={onClose} />
    </Modal>
  );
}
