/**
 * A hub connection that comes back by itself.
 *
 * `new HubSession<ChatHubCalls, ChatHubEvents>({ url: '/hubs/chat', link: signalRLink(), token? })`, then `start()`, `call(method, request)`,
 * `on(event, handler)`, `onConnected(callback)` (every new connection: join again), `onState(listener)` / `state`, `stop()`.
 * Calls reject with `CallError` of `@copilot/contracts`. The token provider throws `SessionOver` to end it for good.
 *
 * The connection underneath is a `HubLink` with two engines, each in a file of its own, so that a script holds the one that it names:
 * `signalRLink()` of `@copilot/realtime/signalr-link` is Microsoft's client, `jsonLink` of `@copilot/realtime/json-link` is small.
 */
export { HubSession, SessionOver } from './hub-session';
export type { CallMap, HubSessionOptions, SessionState, SessionTiming } from './hub-session';
export type { HubLink, HubLinkOptions, OpenLink } from './hub-link';
export { onWakeUp } from './wake-up';
