import { Button, Text, Textarea, Title, VisuallyHidden } from '@mantine/core';
import { CallOutcomes, CallStates, Limits } from '@copilot/contracts';
import { useId, useRef, useState } from 'react';
import { useDesk } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import { ariaKeys } from '../keyboard/shortcuts';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { Call } from './Call';
import classes from './CallCard.module.css';
import { outcomeText } from './callText';
import { OutcomeIcon } from './OutcomeIcon';
import { WrongNumberDialog } from './WrongNumberDialog';

const choices = [
  CallOutcomes.reached,
  CallOutcomes.noAnswer,
  CallOutcomes.busy,
  CallOutcomes.voicemail,
  CallOutcomes.wrongNumber,
] as const;

/** How the call went, in one click; the outcome that nobody would notice to be a slip is asked about first. */
export function CallOutcomeForm({ call, takesNote }: { call: Call; takesNote: boolean }) {
  const { calls } = useDesk();
  const m = useMessages();
  const id = useId();
  const pending = useStore(calls.outcomes.pending).find((request) => request.contactId === call.contactId);
  const { call: provided } = call.callback;
  const proposed = provided?.status === CallStates.ended ? provided.outcome : undefined;
  const [asks, setAsks] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const choose = (outcome: string): void => {
    if (outcome === CallOutcomes.wrongNumber) {
      setAsks(true);
    } else {
      calls.complete(call.contactId, outcome);
    }
  };

  useShortcuts({
    end: () => {
      first.current?.focus();
    },
    note: takesNote
      ? () => {
          note.current?.focus();
        }
      : undefined,
  });

  return (
    <section className={classes.form} aria-labelledby={id}>
      <Title order={3} id={id} className={classes.heading}>
        {m.calls.card.question}
      </Title>
      <div className={classes.outcomes}>
        {choices.map((outcome, index) => (
          <Button
            key={outcome}
            ref={index === 0 ? first : undefined}
            variant={outcome === proposed ? 'outline' : 'default'}
            className={classes.choice}
            leftSection={<OutcomeIcon outcome={outcome} />}
            loading={pending?.outcome === outcome}
            disabled={pending !== undefined}
            aria-keyshortcuts={index === 0 ? ariaKeys('end') : undefined}
            onClick={() => {
              choose(outcome);
            }}
          >
            {outcomeText(outcome, m)}
            {outcome === proposed && <VisuallyHidden> {m.calls.provider.proposed}</VisuallyHidden>}
          </Button>
        ))}
      </div>
      <Textarea
        ref={note}
        label={m.calls.card.note}
        description={m.calls.card.noteHint}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={Limits.textLength}
        dir="auto"
        disabled={pending !== undefined}
        value={call.note}
        onChange={(event) => {
          calls.write(call.contactId, event.currentTarget.value);
        }}
      />
      <Progress call={call} isSaving={pending !== undefined} />
      <WrongNumberDialog
        opened={asks}
        onClose={() => {
          setAsks(false);
        }}
        onConfirm={() => {
          setAsks(false);
          calls.complete(call.contactId, CallOutcomes.wrongNumber);
        }}
      />
    </section>
  );
}

/** How the outcome stands on its way to the server, said honestly. */
function Progress({ call, isSaving }: { call: Call; isSaving: boolean }) {
  const desk = useDesk();
  const m = useMessages();
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  return (
    <div className={classes.progress}>
      <Text size="sm" c="dimmed" role="status">
        {isSaving ? (isConnected ? m.calls.card.saving : m.calls.card.kept) : ''}
      </Text>
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {!isSaving && call.problem !== undefined && `${m.calls.card.notSaved} ${errorText(call.problem, m)}`}
      </Text>
    </div>
  );
}
