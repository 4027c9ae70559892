import { Button } from '@mantine/core';
import { AgentStatuses } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './StatusHint.module.css';

/** What the agent should know about their status: it changed without them, a change failed, or they are off and may not notice. */
export function StatusHint() {
  const desk = useDesk();
  const m = useMessages();
  const { status, wasSetOffline, wasSetAway, problem } = useStore(desk.status.state);
  const connected = useStore(desk.connection.state, (state) => state.session === 'connected');
  if (problem !== undefined) {
    return (
      <p className={classes.hint} data-tone="alert" role="alert">
        {m.status.failed}
      </p>
    );
  }
  if ((status !== AgentStatuses.offline && !wasSetAway) || !connected) {
    return null;
  }
  return (
    <div
      className={classes.hint}
      data-tone={wasSetOffline || wasSetAway ? 'alert' : 'plain'}
      // That they were set away is told by a notice, which screen readers are told of too.
      role={wasSetOffline ? 'alert' : undefined}
    >
      <p>{wasSetAway ? m.status.setAway : wasSetOffline ? m.status.setOffline : m.status.startHint}</p>
      <Button size="compact-sm" onClick={() => void desk.setStatus(AgentStatuses.available)}>
        {m.status.becomeAvailable}
      </Button>
    </div>
  );
}
