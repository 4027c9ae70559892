import { SessionStates } from '@copilot/contracts';
import { Button } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { CoPilotSession } from './CoPilotSession';
import { hasCustomer, hasEnded, LocalPhases } from './CoPilotState';
import classes from './SessionCard.module.css';

interface SessionActionsProps {
  readonly session: CoPilotSession;
  /** Of the chat that is open, where the code can be shown. */
  readonly conversationId: string | undefined;
  readonly onClose: () => void;
}

export function SessionActions({ session, conversationId, onClose }: SessionActionsProps) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const state = useStore(session.state);
  const isConnected = useStore(coPilot.connection, (connection) => connection === 'connected');
  const { phase, sessionId, invitation, problem } = state;
  const isIssued = phase === SessionStates.issued;
  const isOver = hasEnded(state);
  const mayRetry =
    problem !== undefined &&
    (phase === LocalPhases.asking || phase === LocalPhases.loading || (isIssued && state.code === undefined));
  // A contact that is not this agent's any more gets no code.
  const mayAskAnew = session.contactId === undefined || conversationId !== undefined;
  const finish = (): void => {
    if (isOver || sessionId === undefined) {
      onClose();
    } else {
      void session.end();
    }
  };
  return (
    <div className={classes.actions}>
      {isIssued && state.code !== undefined && conversationId !== undefined && (
        <Button
          size="xs"
          disabled={!isConnected}
          loading={invitation === 'sending'}
          variant={invitation === 'shown' ? 'default' : 'filled'}
          onClick={() => void session.invite(conversationId)}
        >
          {invitation === 'shown' ? m.coPilot.inviteAgain : m.coPilot.invite}
        </Button>
      )}
      {mayRetry && (
        <Button
          size="xs"
          disabled={!isConnected}
          onClick={() => {
            session.look();
          }}
        >
          {m.coPilot.retry}
        </Button>
      )}
      {(isIssued || isOver) && mayAskAnew && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            coPilot.requestCode(session.contactId);
          }}
        >
          {m.coPilot.newCode}
        </Button>
      )}
      {/* One button through all states, so that the focus stays on it when the session moves on. */}
      <Button
        size="xs"
        variant="default"
        disabled={!isOver && sessionId !== undefined && !isConnected}
        loading={state.isEnding}
        onClick={finish}
      >
        {isOver ? m.coPilot.close : hasCustomer(state) ? m.coPilot.end : m.coPilot.cancel}
      </Button>
    </div>
  );
}
