import type { SetStatusResult, StatusChangedEvent } from '@copilot/contracts';
import { AgentStatuses, parseHubError, Reasons } from '@copilot/contracts';
import type { ChatHub } from '../connection/ChatHub';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';

export interface StatusState {
  /** What the server has; undefined until it said so. */
  readonly status: string | undefined;
  /** What was asked for and not answered yet. */
  readonly changing: string | undefined;
  readonly load: number;
  readonly capacity: number;
  /** Why the last change did not happen: a code. */
  readonly problem: string | undefined;
  /** The server set the agent offline by itself, because the connection was gone for longer than the grace. */
  readonly wasSetOffline: boolean;
  /** The server set the agent away by itself, because they did not answer what it offered. */
  readonly wasSetAway: boolean;
  /** Until when the agent is offered nothing, because they finish up after a call. */
  readonly wrapUpUntil: string | undefined;
}

const key = 'status';

/**
 * The agent's status as the server has it, never as the console wishes it to be. The last status that the agent chose is remembered only
 * to tell honestly when the server went offline for them; it is not restored, since nobody may be sitting at a console that wakes up.
 */
export class StatusStore {
  readonly state = new Store<StatusState>({
    status: undefined,
    changing: undefined,
    load: 0,
    capacity: 0,
    problem: undefined,
    wasSetOffline: false,
    wasSetAway: false,
    wrapUpUntil: undefined,
  });
  private readonly hub: ChatHub;
  private readonly keep: Keep;

  constructor(hub: ChatHub, keep: Keep) {
    this.hub = hub;
    this.keep = keep;
  }

  /** Asks without changing anything. */
  ask(): Promise<SetStatusResult> {
    return this.hub.call('SetStatus', {});
  }

  /** Undefined when the server refused or did not answer; `problem` says so. */
  async choose(status: string): Promise<SetStatusResult | undefined> {
    this.state.update((state) => ({ ...state, changing: status, problem: undefined }));
    try {
      const result = await this.hub.call('SetStatus', { status });
      this.keep.write(key, result.status);
      this.state.update((state) => ({ ...state, wasSetAway: false }));
      this.heard(result);
      return result;
    } catch (error) {
      this.state.update((state) => ({ ...state, problem: parseHubError(error).code }));
      return undefined;
    } finally {
      this.state.update((state) => ({ ...state, changing: undefined }));
    }
  }

  /** The server changed it without being asked. */
  changed({ status, reason }: StatusChangedEvent): void {
    const wasSetAway = status === AgentStatuses.away && reason === Reasons.missedOffers;
    this.state.update((state) => ({ ...state, status, wasSetAway }));
  }

  heard(result: SetStatusResult): void {
    const chosen = this.keep.read(key);
    const offline = result.status === AgentStatuses.offline;
    this.state.update((state) => ({
      ...state,
      status: result.status,
      load: result.load,
      capacity: result.capacity,
      wasSetOffline: offline && chosen !== null && chosen !== AgentStatuses.offline,
      wasSetAway: state.wasSetAway && result.status === AgentStatuses.away,
      wrapUpUntil: result.wrapUpUntil,
    }));
    if (!offline) {
      // Also what another window of the same agent chose.
      this.keep.write(key, result.status);
    }
  }
}
