/**
 * The wire's types (generated) and the client's half of the protocol: pure, no I/O, no DOM.
 *
 * - `parseHubError(error)` -> `{code, text, retryAfterMs?}`; hub calls reject with `CallError` (same fields; `DISCONNECTED` = no answer).
 * - `ConversationLog`: one conversation's entries, epoch, read marks and state, by the protocol's gap rules.
 * - `ConversationFollower`: keeps a log complete: `follow()` on every new connection, `receive(event)` for each `Message`,
 *   `expect(seq)` after an accepted send.
 * - `Outbox`: what this person wrote and the log does not show yet: `write`, `open`/`pause`, `retry`, `discard`,
 *   `reconcile(log, ownId, forgotten)` from the follower's `onEntries`/`onCaughtUp`. `webOutboxStorage(sessionStorage, 'prefix:')` keeps it over a reload.
 */
export * from './wire';
export * from './conversation-follower';
export * from './conversation-log';
export * from './errors';
export * from './ids';
export * from './outbox';
export * from './outbox-storage';
export * from './waiting';
