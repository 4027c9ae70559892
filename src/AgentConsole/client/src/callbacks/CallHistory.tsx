import type { CallAttemptInfo } from '@copilot/contracts';
import { Title } from '@mantine/core';
import { useId } from 'react';
import { useDesk, useServerNow } from '../app/AppContext';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './CallCard.module.css';
import { outcomeText } from './callText';
import { OutcomeIcon } from './OutcomeIcon';

/** The calls made before and what was written on passing it on, the newest first: it says most about this call. */
export function CallHistory({ attempts }: { attempts: readonly CallAttemptInfo[] }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useServerNow();
  const name = useCaller();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} className={classes.heading}>
        {m.calls.card.history}
      </Title>
      <ol className={classes.history} reversed>
        {attempts.toReversed().map((attempt, index) => (
          <li key={attempts.length - index}>
            <OutcomeIcon outcome={attempt.outcome} />
            <span className={classes.outcome}>{outcomeText(attempt.outcome, m)}</span>
            <span className={classes.when}>
              <time dateTime={attempt.at}>{formats.near(attempt.at, now)}</time> · <bdi>{name(attempt.agentId)}</bdi>
            </span>
            {attempt.note !== undefined && (
              <span className={classes.said} dir="auto">
                {attempt.note}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who called: by name where this console knows it. */
function useCaller(): (agentId: string | undefined) => string {
  const { profile, queues } = useDesk();
  const m = useMessages();
  const { agents } = useStore(queues.state);
  return (agentId) =>
    agentId === profile.agentId
      ? m.calls.card.byYou
      : (agents.find((agent) => agent.agentId === agentId)?.name ?? m.calls.card.byColleague);
}
