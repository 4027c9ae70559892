import type { LineOverview, SiteOverview } from '@copilot/contracts';
import { agentState } from './agentGroups';

/** The lines taken together. */
export interface SiteTotals {
  readonly waiting: number;
  /** Of whoever came first; undefined while nobody waits. */
  readonly oldestArrival: string | undefined;
  /** 0 to 1; undefined while nothing was counted. */
  readonly answeredInTime: number | undefined;
  readonly agentsAvailable: number;
  readonly callbacksDue: number;
}

export function siteTotals({ lines, agents }: SiteOverview, now: number): SiteTotals {
  return {
    waiting: sum(lines, (line) => line.waiting),
    oldestArrival: lines
      .flatMap((line) => line.oldestArrival ?? [])
      .reduce<string | undefined>(
        (oldest, one) => (oldest && Date.parse(oldest) < Date.parse(one) ? oldest : one),
        undefined,
      ),
    answeredInTime: share(lines),
    agentsAvailable: agents.filter((agent) => agentState(agent, now) === 'available').length,
    callbacksDue: sum(lines, (line) => line.callbacksDue),
  };
}

/** Each line counts by how many contacts it answers. */
function share(lines: readonly LineOverview[]): number | undefined {
  const counted = lines.filter((line) => line.answeredInTime !== undefined && line.answeredPerHour > 0);
  const all = sum(counted, (line) => line.answeredPerHour);
  return all === 0 ? undefined : sum(counted, (line) => (line.answeredInTime ?? 0) * line.answeredPerHour) / all;
}

function sum(lines: readonly LineOverview[], of: (line: LineOverview) => number): number {
  return lines.reduce((total, line) => total + of(line), 0);
}
