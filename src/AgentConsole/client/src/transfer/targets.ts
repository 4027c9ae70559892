import type { ColleagueSummary, QueueSummary } from '@copilot/contracts';
import { AgentStatuses } from '@copilot/contracts';
import type { Messages } from '../locales/en';
import { statusText } from '../status/statusText';

/** Where a chat can go, with the reason where it cannot. */
export interface TransferTarget {
  readonly key: string;
  readonly name: string;
  readonly remark: string;
  readonly isPossible: boolean;
  readonly request: { readonly queue: string } | { readonly agentId: string };
}

/** Colleagues; only who is available and has room can be chosen, since the server offers it to them at once. */
export function agentTargets(
  agents: readonly ColleagueSummary[],
  ownId: string,
  m: Messages,
): readonly TransferTarget[] {
  return agents
    .filter((agent) => agent.agentId !== ownId)
    .map((agent) => {
      const available = agent.status === AgentStatuses.available;
      return {
        key: `agent:${agent.agentId}`,
        name: agent.name,
        remark: !available
          ? statusText(agent.status, m)
          : agent.free > 0
            ? m.transfer.free(agent.free)
            : m.transfer.full,
        isPossible: available && agent.free > 0,
        request: { agentId: agent.agentId },
      };
    });
}

/** Queues can always be chosen: the customer keeps their place there, whatever the hours. The agent is told what awaits them. */
export function queueTargets(queues: readonly QueueSummary[], current: string, m: Messages): readonly TransferTarget[] {
  return queues.map((queue) => {
    const remarks = [
      queue.name === current ? m.transfer.current : undefined,
      queue.openNow ? undefined : m.transfer.closed,
      queue.agentsAvailable === 0 ? m.transfer.nobodyThere : m.queues.agents(queue.agentsAvailable),
      queue.waiting > 0 ? m.queues.waiting(queue.waiting) : undefined,
    ];
    return {
      key: `queue:${queue.name}`,
      name: queue.name,
      remark: remarks.filter((remark) => remark !== undefined).join(' · '),
      isPossible: true,
      request: { queue: queue.name },
    };
  });
}
