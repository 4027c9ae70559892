import { Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './ConnectionBanner.module.css';

/** How the connection is, said at once and honestly; nothing while it is good. */
export function ConnectionBanner() {
  const desk = useDesk();
  const m = useMessages();
  const { session, online } = useStore(desk.connection.state);
  const text =
    session === 'connected'
      ? undefined
      : !online
        ? m.connection.offline
        : session === 'connecting'
          ? m.connection.connecting
          : session === 'reconnecting'
            ? m.connection.reconnecting
            : m.connection.closed;
  return (
    <div role="status">
      {text !== undefined && (
        <div className={classes.banner} data-first={session === 'connecting' || undefined}>
          {session === 'connecting' ? (
            <Loader size={14} color="currentColor" aria-hidden />
          ) : (
            <IconPlugConnectedX size={18} aria-hidden />
          )}
          <span>{text}</span>
        </div>
      )}
    </div>
  );
}
