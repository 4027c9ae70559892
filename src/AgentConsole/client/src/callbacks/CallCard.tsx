import { Badge, Title } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useId } from 'react';
import { useMessages } from '../locales/LocaleContext';
import { type Call, callsMade } from './Call';
import classes from './CallCard.module.css';
import { CallDone } from './CallDone';
import { CallFactList } from './CallFactList';
import { CallHistory } from './CallHistory';
import { CallNumber } from './CallNumber';
import { CallOutcomeForm } from './CallOutcomeForm';

interface CallCardProps {
  readonly call: Call;
  /** The shortcut for notes writes here; false where a conversation beside it has it. */
  readonly takesNote: boolean;
}

/** All that an agent needs for one call: the number, what it is about, what was tried, and how it went. */
export function CallCard({ call, takesNote }: CallCardProps) {
  const m = useMessages();
  const id = useId();
  const { note, attempts } = call.callback;
  // The server has counted this one when it has the outcome.
  const count = callsMade(call.callback).length + (call.result ? 1 : 0);
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.head}>
        <IconPhoneCall size={18} aria-hidden className={classes.icon} />
        <Title order={2} id={id} className={classes.title}>
          {m.calls.title}
        </Title>
        <Badge variant="default" className={classes.count}>
          {count === 0 ? m.calls.firstAttempt : m.calls.attempts(count)}
        </Badge>
      </header>
      {call.result ? <CallDone call={call} result={call.result} /> : <CallNumber call={call} />}
      {note !== undefined && (
        <blockquote className={classes.about} dir="auto" aria-label={m.calls.card.about}>
          {note}
        </blockquote>
      )}
      <CallFactList call={call} />
      {attempts.length > 0 && <CallHistory attempts={attempts} />}
      {!call.result && <CallOutcomeForm call={call} takesNote={takesNote} />}
    </section>
  );
}
