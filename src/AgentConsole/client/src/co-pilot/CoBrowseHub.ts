import type { CoBrowseHubCalls, CoBrowseHubEvents } from '@copilot/contracts';
import type { HubSession } from '@copilot/realtime';

/** The hub of Co-Pilot as the console's stores see it. */
export type CoBrowseHub = Pick<
  HubSession<CoBrowseHubCalls, CoBrowseHubEvents>,
  'state' | 'call' | 'on' | 'onConnected' | 'onState' | 'start' | 'stop'
>;
