import { backoff, DISCONNECTED, ErrorCodes, parseHubError, type Wait, waitFor } from '@copilot/contracts';
import type { ChatSession } from '../conversation/chat-session';

/** More than this is nothing to keep somebody waiting for without a word. */
const LONGEST_PAUSE_MS = 5_000;

/** A call that is made again over lost connections, with the same id, until the server takes or refuses it. Rejects with the refusal; never settles once the session is over. */
export async function untilAnswered<T>(session: ChatSession, call: () => Promise<T>, wait: Wait = waitFor): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      const { code, retryAfterMs = 0 } = parseHubError(error);
      const isPause = code === ErrorCodes.rateLimited && retryAfterMs <= LONGEST_PAUSE_MS;
      if (code !== DISCONNECTED && code !== ErrorCodes.unavailable && !isPause) {
        throw error;
      }
      if (code === DISCONNECTED && session.state !== 'connected') {
        await connectionOf(session);
      } else {
        await wait(backoff(failures, retryAfterMs));
      }
    }
  }
}

function connectionOf(session: ChatSession): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.onConnected(() => {
      resolve();
      // Called within the subscription itself when there is a connection by now.
      queueMicrotask(() => {
        stop();
      });
    });
  });
}
