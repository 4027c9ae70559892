import { NumberInput, Radio, Stack, Text } from '@mantine/core';
import type { LineContact } from '@copilot/contracts';
import { useState } from 'react';
import { customerName } from '../customer/customerName';
import { useMessages } from '../locales/LocaleContext';
import { ActForm } from './ActForm';
import { type HeadStart, headStartOf, headStarts, headStartSeconds, mostMinutes } from './headStarts';
import { useLive } from './LiveContext';

interface PriorityFormProps {
  readonly contact: LineContact;
  readonly onClose: () => void;
}

/** How much earlier a contact is to stand than it came. */
export function PriorityForm({ contact, onClose }: PriorityFormProps) {
  const live = useLive();
  const m = useMessages();
  const [choice, setChoice] = useState<HeadStart>(() => headStartOf(contact.headStartSeconds));
  const [minutes, setMinutes] = useState<number | string>(() => Math.round(contact.headStartSeconds / 60));
  const [isWrong, setWrong] = useState(false);
  const words = m.supervision.priority;
  const name = customerName(contact.customer, m);

  const submit = (): (() => Promise<void>) | undefined => {
    const headStart = headStartSeconds(choice, minutes);
    setWrong(headStart === undefined);
    return headStart === undefined ? undefined : () => live.setPriority(contact.contactId, headStart);
  };

  return (
    <ActForm
      onSubmit={submit}
      onClose={onClose}
      confirm={words.confirm}
      cancel={words.cancel}
      failed={words.failed(name)}
      refused={words.refused}
      done={(to) => to.supervision.priority.done(name)}
    >
      <Radio.Group
        label={words.question}
        value={choice}
        onChange={(value) => {
          setChoice(value);
          setWrong(false);
        }}
      >
        <Stack gap="xs" mt="xs">
          {headStarts.map((one) => (
            <Radio key={one} value={one} label={words[one]} data-autofocus={one === choice || undefined} />
          ))}
        </Stack>
      </Radio.Group>
      {choice === 'own' && (
        <NumberInput
          label={words.minutes}
          min={0}
          max={mostMinutes}
          clampBehavior="none"
          allowDecimal={false}
          value={minutes}
          error={isWrong ? words.minutesWrong : undefined}
          onChange={(value) => {
            setMinutes(value);
            setWrong(false);
          }}
        />
      )}
      <Text size="xs" c="dimmed">
        {words.nobodyLost}
      </Text>
    </ActForm>
  );
}
