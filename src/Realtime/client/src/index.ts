/**
 * A hub connection that comes back by itself.
 *
 * `new HubSession<ChatHubCalls, ChatHubEvents>({ url: '/hubs/chat', token? })`, then `start()`, `call(method, request)`,
 * `on(event, handler)`, `onConnected(callback)` (every new connection: join again), `onState(listener)` / `state`, `stop()`.
 * Calls reject with `CallError` of `@copilot/contracts`. The token provider throws `SessionOver` to end it for good.
 */
export { HubSession, SessionOver } from './hub-session';
export type { CallMap, HubSessionOptions, SessionState, SessionTiming } from './hub-session';
export type { HubLink, HubLinkOptions } from './hub-link';
export { onWakeUp } from './wake-up';
