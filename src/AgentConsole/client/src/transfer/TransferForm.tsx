import { Alert, Button, Group, Loader, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { ContactKinds, Limits, newId, parseHubError } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import type { ContactFacts } from '../contacts/ContactFacts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { agentTargets, queueTargets, type TransferTarget } from './targets';
import { TargetList } from './TargetList';

interface TransferFormProps {
  readonly contact: ContactFacts;
  readonly onClose: () => void;
}

export function TransferForm({ contact, onClose }: TransferFormProps) {
  const desk = useDesk();
  const m = useMessages();
  const { queues, agents, failed } = useStore(desk.queues.state);
  const [looked, setLooked] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // One id for the dialog's life: trying again after a lost answer must not pass the chat on twice.
  const [requestId] = useState(newId);

  useEffect(() => {
    void desk.queues.refresh().then(() => {
      setLooked(true);
    });
  }, [desk]);

  const colleagues = agentTargets(agents, desk.profile.agentId, m);
  const lines = queueTargets(queues ?? [], contact.queue, m);
  const target = [...lines, ...colleagues].find((one) => one.key === chosen && one.isPossible);

  const transfer = async (to: TransferTarget): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await desk.transfer({ requestId, contactId: contact.contactId, ...to.request }, note.trim());
      onClose();
    } catch (error) {
      setProblem(parseHubError(error).code);
      setBusy(false);
      void desk.queues.refresh();
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (target) {
      void transfer(target);
    }
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {!looked && (
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{m.transfer.loading}</Text>
          </Group>
        )}
        {looked && failed && (
          <Alert color="orange" role="alert">
            {m.transfer.lookFailed}
          </Alert>
        )}
        {looked && (
          <Radio.Group aria-label={m.transfer.to} value={chosen} onChange={setChosen}>
            <Stack gap="md">
              <TargetList title={m.transfer.agents} targets={colleagues} empty={m.transfer.noAgents} />
              <TargetList title={m.transfer.queues} targets={lines} empty={m.queues.empty} />
            </Stack>
          </Radio.Group>
        )}
        <Textarea
          label={m.transfer.note}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={Limits.textLength}
          dir="auto"
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <Text size="xs" c="dimmed">
          {m.transfer.keepsPlace}
        </Text>
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {contact.kind === ContactKinds.callback ? m.calls.transfer.failed : m.transfer.failed}{' '}
            {errorText(problem, m)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.transfer.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!target}>
            {m.transfer.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
