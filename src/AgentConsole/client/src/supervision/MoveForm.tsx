import { Radio, Text } from '@mantine/core';
import type { LineContact, LineOverview, QueueSummary } from '@copilot/contracts';
import { useState } from 'react';
import { customerName } from '../customer/customerName';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { TargetList } from '../transfer/TargetList';
import { queueTargets } from '../transfer/targets';
import { ActForm } from './ActForm';
import { useLive } from './LiveContext';

interface MoveFormProps {
  readonly contact: LineContact;
  /** In whose line the contact is. */
  readonly queue: string;
  readonly onClose: () => void;
}

export function MoveForm({ contact, queue, onClose }: MoveFormProps) {
  const live = useLive();
  const m = useMessages();
  const lines = useStore(live.state, (state) => state.overview?.lines) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const words = m.supervision.move;
  const name = customerName(contact.customer, m);
  const targets = queueTargets(lines.map(summaryOf), queue, m).filter((target) => target.name !== queue);
  const target = targets.find((one) => one.key === chosen);
  return (
    <ActForm
      onSubmit={() => target && (() => live.moveContact(contact.contactId, target.name))}
      onClose={onClose}
      confirm={words.confirm}
      cancel={words.cancel}
      isPossible={target !== undefined}
      failed={words.failed(name)}
      refused={words.refused}
      done={(to) => to.supervision.move.done(name, target?.name ?? '')}
    >
      <Radio.Group aria-label={words.to} value={chosen} onChange={setChosen}>
        <TargetList title={words.to} targets={targets} empty={words.nowhere} />
      </Radio.Group>
      <Text size="xs" c="dimmed">
        {words.keepsPlace}
      </Text>
    </ActForm>
  );
}

function summaryOf(line: LineOverview): QueueSummary {
  const { queue, waiting, agentsAvailable, isOpen } = line;
  return { name: queue, waiting, longestWaitSeconds: 0, agentsAvailable, openNow: isOpen };
}
