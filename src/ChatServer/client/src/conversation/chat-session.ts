import type { ChatHubCalls, ChatHubEvents } from '@copilot/contracts';
import type { HubSession } from '@copilot/realtime';

/** The part of a hub session that a chat uses. */
export type ChatSession = Pick<
  HubSession<ChatHubCalls, ChatHubEvents>,
  'call' | 'on' | 'onConnected' | 'onState' | 'start' | 'stop' | 'state'
>;
