import { Button, VisuallyHidden } from '@mantine/core';
import type { LineOverview } from '@copilot/contracts';
import { useApp, useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Lines.module.css';
import { useAsk } from './AskContext';
import { useLive } from './LiveContext';
import { refusalText } from './refusalText';
import { useAct } from './useAct';

/** What can be done with a line. Opening it again asks nothing: its hours count then, as they do otherwise. */
export function LineActs({ line }: { line: LineOverview }) {
  const { queue, closed } = line;
  const desk = useDesk();
  const { notices, announcer } = useApp();
  const live = useLive();
  const ask = useAsk();
  const m = useMessages();
  const { isBusy, run } = useAct((code) => {
    notices.warn((words) => {
      const { reopen } = words.supervision;
      return `${reopen.failed(queue)} ${refusalText(code, reopen.refused, words)}`;
    });
  });
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const { close, reopen } = m.supervision;
  const askToClose = (): void => {
    ask({ kind: 'close', line });
  };
  const open = async (): Promise<void> => {
    if (await run(() => live.openQueue(queue))) {
      announcer.tell((words) => words.supervision.reopen.done(queue));
    }
  };
  return (
    <div className={classes.acts}>
      {closed ? (
        <>
          <Button size="compact-sm" disabled={!isConnected} loading={isBusy} onClick={() => void open()}>
            {reopen.button}
            <VisuallyHidden>({queue})</VisuallyHidden>
          </Button>
          <Button size="compact-sm" variant="default" disabled={!isConnected} onClick={askToClose}>
            {close.change}
            <VisuallyHidden>({queue})</VisuallyHidden>
          </Button>
        </>
      ) : (
        <Button size="compact-sm" variant="default" disabled={!isConnected} onClick={askToClose}>
          {close.button}
          <VisuallyHidden>({queue})</VisuallyHidden>
        </Button>
      )}
    </div>
  );
}
