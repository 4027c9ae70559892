import { SessionStates } from '@copilot/contracts';
import { Text, Title } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useId } from 'react';
import { useDesk } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { CodeView } from './CodeView';
import type { CoPilotSession } from './CoPilotSession';
import { hasEnded } from './CoPilotState';
import { InviteInChat } from './InviteInChat';
import { SessionActions } from './SessionActions';
import classes from './SessionCard.module.css';
import { SessionStatus } from './SessionStatus';
import { useCardFocus } from './useCardFocus';

interface SessionCardProps {
  readonly session: CoPilotSession;
  readonly title: string;
  readonly mayAskAnew: boolean;
  /** Of the chat in which the customer can be invited. */
  readonly conversationId?: string | undefined;
  /** Gets the focus when the card goes. */
  readonly returnFocusTo: string;
}

/** One Co-Pilot session: the code to read out, then what is going on. Changes are told by the announcer, so the card is no live region. */
export function SessionCard({ session, title, mayAskAnew, conversationId, returnFocusTo }: SessionCardProps) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const id = useId();
  const state = useStore(session.state);
  const card = useCardFocus(session.mayTakeFocus, state.phase);
  const { phase, code, expiresAt, failures, problem } = state;
  const isIssued = phase === SessionStates.issued;
  const close = (): void => {
    coPilot.dismiss(session);
    document.getElementById(returnFocusTo)?.focus();
  };
  return (
    <section {...card} tabIndex={-1} aria-labelledby={id} className={classes.card} data-phase={phase}>
      <Title order={2} id={id} className={classes.title} dir="auto">
        {title}
      </Title>
      {!hasEnded(state) && <Connection />}
      <SessionStatus state={state} />
      {isIssued && code !== undefined && conversationId !== undefined && (
        <InviteInChat session={session} conversationId={conversationId} />
      )}
      {isIssued && code !== undefined && expiresAt !== undefined && (
        <CodeView session={session} code={code} expiresAt={expiresAt} failures={failures} />
      )}
      <div role="alert">
        {problem !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)">
            {m.coPilot.failed} {errorText(problem, m)}
          </Text>
        )}
      </div>
      <SessionActions session={session} mayAskAnew={mayAskAnew} onClose={close} />
    </section>
  );
}

/** How the connection is, said honestly: what the card shows may be old by now. */
function Connection() {
  const { coPilot } = useDesk();
  const m = useMessages();
  const connection = useStore(coPilot.connection);
  const text =
    connection === 'connected'
      ? undefined
      : connection === 'connecting'
        ? m.connection.connecting
        : connection === 'reconnecting'
          ? m.coPilot.reconnecting
          : m.connection.closed;
  return (
    <div role="status">
      {text !== undefined && (
        <p className={classes.connection}>
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
