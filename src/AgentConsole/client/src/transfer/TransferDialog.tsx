import { Modal } from '@mantine/core';
import { ContactKinds } from '@copilot/contracts';
import type { ContactFacts } from '../contacts/ContactFacts';
import { useMessages } from '../locales/LocaleContext';
import { TransferForm } from './TransferForm';

interface TransferDialogProps {
  readonly contact: ContactFacts;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function TransferDialog({ contact, opened, onClose }: TransferDialogProps) {
  const m = useMessages();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={contact.kind === ContactKinds.callback ? m.calls.transfer.title : m.transfer.title}
      closeButtonProps={{ 'aria-label': m.transfer.cancel }}
    >
      <TransferForm contact={contact} onClose={onClose} />
    </Modal>
  );
}
