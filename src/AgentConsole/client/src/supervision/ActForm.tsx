import { Alert, Button, Group, Stack } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import type { Said } from '../notices/NoticeStore';
import { refusalText } from './refusalText';
import { useAct } from './useAct';

interface ActFormProps {
  /** Answers what to do, or nothing while what was filled in will not do. */
  readonly onSubmit: () => (() => Promise<void>) | undefined;
  readonly onClose: () => void;
  readonly confirm: string;
  readonly cancel: string;
  readonly isPossible?: boolean;
  /** Said when it was not done, before why. */
  readonly failed: string;
  /** What codes mean here. */
  readonly refused: Readonly<Record<string, string>>;
  /** Told to the ear when it was done; the eye sees the page change. */
  readonly done: Said;
  readonly children: ReactNode;
}

/** A question with its two buttons. It stays until what was asked for is done, and says what stood in the way. */
export function ActForm(props: ActFormProps) {
  const { announcer } = useApp();
  const m = useMessages();
  const [problem, setProblem] = useState<string>();
  const { isBusy, run } = useAct(setProblem);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const act = props.onSubmit();
    if (!act) {
      return;
    }
    setProblem(undefined);
    if (await run(act)) {
      announcer.tell(props.done);
      props.onClose();
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {props.children}
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {props.failed} {refusalText(problem, props.refused, m)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            {props.cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={props.isPossible === false}>
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
