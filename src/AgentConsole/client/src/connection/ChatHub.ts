import type { ChatHubCalls, ChatHubEvents } from '@copilot/contracts';
import type { HubSession } from '@copilot/realtime';

/** The chat hub as the console's stores see it. */
export type ChatHub = Pick<
  HubSession<ChatHubCalls, ChatHubEvents>,
  'state' | 'call' | 'on' | 'onConnected' | 'onState' | 'start' | 'stop'
>;
