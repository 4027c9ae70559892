import { useServerNow } from '../app/AppContext';
import { Fact } from '../customer/Fact';
import { useFormats, useMessages } from '../locales/LocaleContext';
import type { Call } from './Call';
import classes from './CallCard.module.css';

export function CallFactList({ call }: { call: Call }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useServerNow();
  const { dueAt, nextAttemptAt } = call.callback;
  return (
    <dl className={classes.facts}>
      <Fact label={m.customer.topic}>{call.topic}</Fact>
      {call.queue !== call.topic && <Fact label={m.customer.queue}>{call.queue}</Fact>}
      <Fact label={m.customer.arrived}>{formats.near(call.arrivedAt, now)}</Fact>
      {dueAt !== undefined && nextAttemptAt === undefined && (
        <Fact label={m.calls.card.wanted}>{formats.near(dueAt, now)}</Fact>
      )}
    </dl>
  );
}
