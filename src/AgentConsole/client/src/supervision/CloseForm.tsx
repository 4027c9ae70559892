import { Radio, Stack, TextInput } from '@mantine/core';
import type { LineOverview } from '@copilot/contracts';
import { useState } from 'react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { ActForm } from './ActForm';
import { chosenEnd, type Closing, closingEnd, closings, fieldValue } from './closing';
import classes from './LivePage.module.css';
import { useLive } from './LiveContext';

interface CloseFormProps {
  readonly line: LineOverview;
  readonly onClose: () => void;
}

/** Until when a queue is to be closed, and what that does to whom. */
export function CloseForm({ line, onClose }: CloseFormProps) {
  const { queue } = line;
  const { clock } = useApp();
  const live = useLive();
  const words = useMessages().supervision.close;
  const [closing, setClosing] = useState<Closing>('quarter');
  const [at, setAt] = useState(() => fieldValue(clock.now() + 7_200_000));
  const [isWrong, setWrong] = useState(false);
  const isChange = line.closed !== undefined;

  const submit = (): (() => Promise<void>) | undefined => {
    const now = clock.now();
    const end = closing === 'at' ? chosenEnd(at, now) : closingEnd(closing, now);
    setWrong(closing === 'at' && !end);
    return closing === 'at' && !end ? undefined : () => live.closeQueue(queue, end);
  };

  return (
    <ActForm
      onSubmit={submit}
      onClose={onClose}
      confirm={isChange ? words.changeConfirm : words.confirm}
      cancel={words.cancel}
      failed={words.failed(queue)}
      refused={words.refused}
      done={(m) => m.supervision.close.done(queue)}
    >
      <Radio.Group
        label={words.question}
        value={closing}
        onChange={(value) => {
          setClosing(value);
          setWrong(false);
        }}
      >
        <Stack gap="xs" mt="xs">
          {closings.map((one) => (
            <Radio
              key={one}
              value={one}
              label={words[one]}
              description={one === 'today' ? words.todayHint : undefined}
              data-autofocus={one === closing || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {closing === 'at' && (
        <TextInput
          type="datetime-local"
          label={words.atLabel}
          value={at}
          error={isWrong ? words.atWrong : undefined}
          onChange={(event) => {
            setAt(event.currentTarget.value);
            setWrong(false);
          }}
        />
      )}
      <Effects line={line} />
    </ActForm>
  );
}

function Effects({ line }: { line: LineOverview }) {
  const words = useMessages().supervision.close;
  return (
    <div className={classes.effects}>
      <p>{words.effects}</p>
      <ul>
        <li>{words.nobodyNew}</li>
        <li>{words.chats(line.waiting - line.callbacksWaiting)}</li>
        <li>{words.calls(line.callbacksWaiting)}</li>
      </ul>
    </div>
  );
}
