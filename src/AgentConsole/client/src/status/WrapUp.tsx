import { Button } from '@mantine/core';
import { useDesk, useServerNow } from '../app/AppContext';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './StatusHint.module.css';

/** The time that is left to finish up after a call, and the way to give it back; nothing when there is none. */
export function WrapUp() {
  const until = useStore(useDesk().status.state, (state) => state.wrapUpUntil);
  return until === undefined ? null : <WrapUpUntil until={Date.parse(until)} />;
}

function WrapUpUntil({ until }: { until: number }) {
  const desk = useDesk();
  const m = useMessages();
  const formats = useFormats();
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const left = Math.ceil((until - useServerNow()) / 1000);
  if (left <= 0) {
    return null;
  }
  return (
    <section className={classes.wrapUp} aria-label={m.calls.wrapUp.title}>
      <p>
        <strong>{m.calls.wrapUp.title}</strong>{' '}
        <span role="timer" aria-live="off" className={classes.left}>
          {m.calls.wrapUp.left(formats.duration(left))}
        </span>
      </p>
      <p className={classes.small}>{m.calls.wrapUp.hint}</p>
      <Button size="compact-sm" disabled={!isConnected} onClick={() => void desk.readyNow()}>
        {m.calls.wrapUp.ready}
      </Button>
    </section>
  );
}
