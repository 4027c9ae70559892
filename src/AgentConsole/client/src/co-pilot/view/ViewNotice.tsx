import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useDesk } from '../../app/AppContext';
import { useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import classes from './PagePane.module.css';

/** Over the view, why there is none yet, or why it may not be true any more. What the customer did, such as a pause, the viewer says in place of the page. */
export function ViewNotice({ session }: { session: CoPilotSession }) {
  const { coPilot } = useDesk();
  const m = useMessages();
  const isConnected = useStore(coPilot.connection, (connection) => connection === 'connected');
  const phase = useStore(session.view.state, (state) => state.phase);
  const text = !isConnected
    ? m.coPilot.reconnecting
    : phase === 'silent'
      ? m.coPilot.view.silent
      : phase === 'refused'
        ? m.coPilot.view.refused
        : phase === 'loading'
          ? m.coPilot.view.loading
          : undefined;
  const isTrouble = !isConnected || phase !== 'loading';
  return (
    <div role="status" className={classes.notice}>
      {text !== undefined && (
        <p data-trouble={isTrouble || undefined}>
          {isTrouble && <IconPlugConnectedX size={16} aria-hidden />}
          <span>{text}</span>
          {phase === 'silent' && isConnected && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                session.view.retry();
              }}
            >
              {m.coPilot.retry}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
