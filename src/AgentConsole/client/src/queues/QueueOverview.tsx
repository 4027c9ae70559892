import { Button, Skeleton, Text, Title } from '@mantine/core';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './QueueOverview.module.css';
import { QueueRow } from './QueueRow';

export function QueueOverview() {
  const desk = useDesk();
  const m = useMessages();
  const { queues, at, failed } = useStore(desk.queues.state);
  return (
    <section className={classes.section} aria-labelledby="queues-title">
      <Title order={2} id="queues-title" className={classes.title}>
        {m.queues.title}
      </Title>
      {queues === undefined && !failed && (
        <div role="status" aria-label={m.queues.loading} className={classes.loading}>
          <Skeleton height={36} />
          <Skeleton height={36} />
        </div>
      )}
      {failed && (
        <div className={classes.failed}>
          <Text size="sm">{m.queues.failed}</Text>
          <Button size="compact-xs" variant="default" onClick={() => void desk.queues.refresh()}>
            {m.signIn.retry}
          </Button>
        </div>
      )}
      {queues?.length === 0 && (
        <Text size="sm" c="dimmed">
          {m.queues.empty}
        </Text>
      )}
      {queues && queues.length > 0 && (
        <ul className={classes.list}>
          {queues.map((queue) => (
            <QueueRow key={queue.name} queue={queue} at={at} isOwn={desk.profile.queues.includes(queue.name)} />
          ))}
        </ul>
      )}
    </section>
  );
}
