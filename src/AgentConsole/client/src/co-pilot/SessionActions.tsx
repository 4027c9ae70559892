import { SessionStates } from '@copilot/contracts';
import { Button } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { CoPilotSession } from './CoPilotSession';
import { hasCustomer, hasEnded, isViewable, LocalPhases } from './CoPilotState';
import classes from './SessionCard.module.css';

interface SessionActionsProps {
  readonly session: CoPilotSession;
  /** A contact that is not this agent's any more gets no code. */
  readonly mayAskAnew: boolean;
  readonly onClose: () => void;
}

export function SessionActions({ session, mayAskAnew, onClose }: SessionActionsProps) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const state = useStore(session.state);
  const isConnected = useStore(coPilot.connection, (connection) => connection === 'connected');
  const { phase, sessionId, problem } = state;
  const isIssued = phase === SessionStates.issued;
  const isOver = hasEnded(state);
  const mayRetry =
    problem !== undefined &&
    (phase === LocalPhases.asking || phase === LocalPhases.loading || (isIssued && state.code === undefined));
  const finish = (): void => {
    if (isOver || sessionId === undefined) {
      onClose();
    } else {
      void session.end();
    }
  };
  return (
    <div className={classes.actions}>
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
      {isViewable(state) && (
        <Button
          size="xs"
          onClick={() => {
            coPilot.show(session);
          }}
        >
          {m.coPilot.showPage}
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
