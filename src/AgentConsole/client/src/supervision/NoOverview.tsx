import { Alert, Button, Skeleton } from '@mantine/core';
import { isRetriable } from '@copilot/contracts';
import { errorText } from '../connection/errorText';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { useLive } from './LiveContext';
import classes from './LivePage.module.css';

/** Until the server has told anything: that it is asked, or why it does not answer. */
export function NoOverview() {
  const live = useLive();
  const m = useMessages();
  const problem = useStore(live.state, (state) => state.problem);
  // What may work the next time is asked again without anybody's doing.
  if (problem !== undefined && !isRetriable(problem)) {
    return (
      <Alert color="orange" role="alert" className={classes.failed} title={m.supervision.loadFailed}>
        <p className={classes.why}>{errorText(problem, m)}</p>
        <Button
          size="compact-sm"
          onClick={() => {
            live.retry();
          }}
        >
          {m.supervision.retry}
        </Button>
      </Alert>
    );
  }
  return (
    <div role="status" aria-label={m.supervision.loading} className={classes.loading}>
      <Skeleton height={84} />
      <Skeleton height={180} />
      <Skeleton height={120} />
    </div>
  );
}
