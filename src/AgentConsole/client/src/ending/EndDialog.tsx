import { Alert, Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { Limits, parseHubError } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import type { Chat } from '../contacts/Chat';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { dispositions, dispositionWord, type DispositionChoice } from './dispositions';

interface EndDialogProps {
  readonly chat: Chat;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Ends the chat or, when the customer did that already, keeps how it went. */
export function EndDialog({ chat, opened, onClose }: EndDialogProps) {
  const m = useMessages();
  const ended = useStore(chat.conversation.state, (state) => state.phase === 'ended');
  const title = ended ? m.end.wrapUpTitle : m.end.title;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': m.end.cancel }}>
      <EndForm chat={chat} onClose={onClose} />
    </Modal>
  );
}

/** Inside the dialog, so that it begins anew each time. */
function EndForm({ chat, onClose }: Omit<EndDialogProps, 'opened'>) {
  const desk = useDesk();
  const m = useMessages();
  const ended = useStore(chat.conversation.state, (state) => state.phase === 'ended');
  const unsent = useStore(chat.conversation.state, (state) => state.unsent.some((item) => item.state !== 'sent'));
  const [choice, setChoice] = useState<DispositionChoice>('resolved');
  const [word, setWord] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const end = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await desk.endChat(chat, dispositionWord(choice, word), note.trim());
      onClose();
    } catch (error) {
      setProblem(parseHubError(error).code);
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void end();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group
          label={m.end.question}
          value={choice}
          onChange={(value) => {
            setChoice(value);
          }}
        >
          <Stack gap="xs" mt="xs">
            {dispositions.map((one) => (
              <Radio key={one} value={one} label={m.end[one]} data-autofocus={one === choice || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        {choice === 'other' && (
          <TextInput
            label={m.end.word}
            required
            withAsterisk={false}
            maxLength={Limits.nameLength}
            value={word}
            onChange={(event) => {
              setWord(event.currentTarget.value);
            }}
          />
        )}
        <Textarea
          label={m.end.note}
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
        {unsent && !ended && <Alert color="orange">{m.end.unsent}</Alert>}
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {ended ? m.end.notSaved : m.end.failed} {errorText(problem, m)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.end.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {ended ? m.end.save : m.end.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
