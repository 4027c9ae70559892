import type { CoBrowseHubCalls, CoBrowseHubEvents } from '@copilot/contracts';
import type { HubSession } from '@copilot/realtime';

/** The part of a hub session that Co-Pilot uses. */
export type CoBrowseHub = Pick<
  HubSession<CoBrowseHubCalls, CoBrowseHubEvents>,
  'call' | 'on' | 'onConnected' | 'onHeard' | 'onState' | 'start' | 'stop' | 'state'
>;
