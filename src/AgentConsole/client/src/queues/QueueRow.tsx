import { Badge, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import type { QueueSummary } from '@copilot/contracts';
import { useNow } from '../app/AppContext';
import { useFormats, useMessages } from '../locales/LocaleContext';
import classes from './QueueOverview.module.css';
import { longestWait } from './QueueStore';

export function QueueRow({ queue, at, isOwn }: { queue: QueueSummary; at: number; isOwn: boolean }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useNow();
  const agents = m.queues.agents(queue.agentsAvailable);
  return (
    <li className={classes.row} data-waiting={queue.waiting > 0 || undefined} data-other={!isOwn || undefined}>
      <span className={classes.name} dir="auto">
        {queue.name}
      </span>
      {!queue.openNow && (
        <Badge size="xs" variant="default" className={classes.closed}>
          {m.queues.closed}
        </Badge>
      )}
      <Tooltip label={agents}>
        <span className={classes.agents}>
          <IconUser size={13} aria-hidden />
          <span aria-hidden>{queue.agentsAvailable}</span>
          <VisuallyHidden>{agents}</VisuallyHidden>
        </span>
      </Tooltip>
      <span className={classes.wait}>
        {queue.waiting === 0
          ? m.queues.nobody
          : `${m.queues.waiting(queue.waiting)} · ${m.queues.longest} ${formats.duration(longestWait(queue, at, now))}`}
      </span>
    </li>
  );
}
