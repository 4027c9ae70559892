import { AgentStatuses, Reasons, type StatusChangedEvent } from '@copilot/contracts';
import type { Messages } from '../locales/en';

/** A status that this console does not know is shown as its word. */
export function statusText(status: string, m: Messages): string {
  switch (status) {
    case AgentStatuses.available:
      return m.status.available;
    case AgentStatuses.away:
      return m.status.away;
    case AgentStatuses.offline:
      return m.status.offline;
    default:
      return status;
  }
}

/** Why the server changed the agent's status; a reason that this console does not know is left out. */
export function statusChangedText({ status, reason }: StatusChangedEvent, m: Messages): string {
  return status === AgentStatuses.away && reason === Reasons.missedOffers
    ? m.status.missedOffers
    : m.status.changed(statusText(status, m));
}
