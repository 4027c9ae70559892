import { type AgentOverview, AgentStatuses } from '@copilot/contracts';

/** In the order in which they are shown. */
export const agentStates = ['available', 'full', 'onCall', 'finishing', 'away', 'gone'] as const;

/** What an agent is at, as a supervisor wants to know it. */
export type AgentState = (typeof agentStates)[number];

export function agentState(agent: AgentOverview, now: number): AgentState {
  if (!agent.isConnected) {
    return 'gone';
  }
  if (agent.isOnCall) {
    return 'onCall';
  }
  if (agent.wrapUpUntil !== undefined && Date.parse(agent.wrapUpUntil) > now) {
    return 'finishing';
  }
  if (agent.status !== AgentStatuses.available) {
    return 'away';
  }
  return agent.load < agent.capacity ? 'available' : 'full';
}

export interface AgentGroup {
  readonly state: AgentState;
  readonly agents: readonly AgentOverview[];
}

/** Groups with anybody in them, each by name. */
export function agentGroups(agents: readonly AgentOverview[], now: number): readonly AgentGroup[] {
  return agentStates
    .map((state) => ({
      state,
      agents: agents
        .filter((agent) => agentState(agent, now) === state)
        .toSorted((a, b) => a.agent.name.localeCompare(b.agent.name)),
    }))
    .filter((group) => group.agents.length > 0);
}
