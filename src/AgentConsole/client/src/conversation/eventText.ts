import type { LogEntry } from '@copilot/contracts';
import { ContactKinds, EventCodes, Roles } from '@copilot/contracts';
import { outcomeText } from '../callbacks/callText';
import type { Messages } from '../locales/en';

/** What an event in the log says to the agent. Codes of a newer server are told neutrally, never as a code. */
export function eventText(entry: LogEntry, m: Messages): string {
  const data = entry.data ?? {};
  const agent = data['agentName'] ?? m.events.anAgent;
  switch (entry.text) {
    case EventCodes.agentJoined:
      return data['kind'] === ContactKinds.callback ? m.events.agent_calls(agent) : m.events.agent_joined(agent);
    case EventCodes.agentAway:
      return m.events.agent_away(agent);
    case EventCodes.transferred:
      return data['queue'] === undefined ? m.events.transferred(agent) : m.events.transferredTo(agent, data['queue']);
    case EventCodes.inactivityWarning:
      return m.events.inactivity_warning;
    case EventCodes.ended:
      return endedText(data['by'], m);
    case EventCodes.switched:
      return data['kind'] === ContactKinds.callback ? m.calls.events.toCallback : m.calls.events.toChat;
    case EventCodes.callFailed:
      return m.calls.events.failed(outcomeText(data['outcome'], m));
    default:
      return m.events.other;
  }
}

function endedText(by: string | undefined, m: Messages): string {
  if (by === Roles.customer) {
    return m.events.endedByCustomer;
  }
  return by === Roles.agent || by === Roles.supervisor ? m.events.endedByAgent : m.events.ended;
}
