import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';

interface WrongNumberDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** A wrong number ends the call-back for good, so a slip would cost the customer their call. */
export function WrongNumberDialog({ opened, onClose, onConfirm }: WrongNumberDialogProps) {
  const { wrong } = useMessages().calls;
  return (
    <Modal opened={opened} onClose={onClose} title={wrong.title} closeButtonProps={{ 'aria-label': wrong.cancel }}>
      <Stack gap="md">
        <Text size="sm">{wrong.text}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" data-autofocus onClick={onClose}>
            {wrong.cancel}
          </Button>
          <Button color="red.8" onClick={onConfirm}>
            {wrong.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
