import { Text } from '@mantine/core';
import { type AgentOverview, AgentStatuses } from '@copilot/contracts';
import { useId } from 'react';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { statusText } from '../status/statusText';
import { useStore } from '../stores/useStore';
import classes from './AgentGroups.module.css';
import { agentGroups, type AgentState } from './agentGroups';
import { useFigureTime, useLive } from './LiveContext';

const noAgents: readonly AgentOverview[] = [];

/** Who is there, by what they are at. */
export function AgentGroups() {
  const m = useMessages();
  const id = useId();
  const now = useFigureTime();
  const agents = useStore(useLive().state, (state) => state.overview?.agents) ?? noAgents;
  const words = m.supervision.agents;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {words.title}
      </h2>
      {agents.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.empty}
        </Text>
      )}
      <div className={classes.groups}>
        {agentGroups(agents, now).map((group) => (
          <section key={group.state} className={classes.group} data-state={group.state}>
            <h3 className={classes.state}>
              <span className={classes.dot} aria-hidden />
              {words.group(words[group.state], group.agents.length)}
            </h3>
            {group.state === 'gone' && <p className={classes.hint}>{words.goneHint}</p>}
            <ul className={classes.list}>
              {group.agents.map((agent) => (
                <AgentRow key={agent.agent.agentId} agent={agent} state={group.state} now={now} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

interface AgentRowProps {
  readonly agent: AgentOverview;
  readonly state: AgentState;
  readonly now: number;
}

function AgentRow({ agent, state, now }: AgentRowProps) {
  const m = useMessages();
  const formats = useFormats();
  const words = m.supervision.agents;
  const { load, capacity, queues, wrapUpUntil } = agent;
  // What the group's name does not say: somebody on a call may be away, and who is away may have gone offline with what they had.
  const saysMore = state === 'away' ? agent.status !== AgentStatuses.away : agent.status !== AgentStatuses.available;
  const remarks = [
    saysMore ? statusText(agent.status, m) : undefined,
    state === 'finishing' && wrapUpUntil !== undefined
      ? words.finishingLeft(formats.duration(Math.ceil((Date.parse(wrapUpUntil) - now) / 1000)))
      : undefined,
  ].filter((remark) => remark !== undefined);
  return (
    <li className={classes.agent}>
      <span className={classes.name} dir="auto">
        {agent.agent.name}
      </span>
      <span className={classes.load}>{words.load(load, capacity)}</span>
      <span className={classes.bar} aria-hidden>
        <span style={{ inlineSize: `${capacity > 0 ? Math.min(100, (load / capacity) * 100) : 0}%` }} />
      </span>
      <span className={classes.queues} dir="auto">
        {[...remarks, queues.length === 0 ? words.noQueues : queues.join(', ')].join(' · ')}
      </span>
    </li>
  );
}
