import { ErrorCodes } from './wire';

/** A refused or lost call, as clients decide by it. `text` is for a person and may change. */
export interface HubError {
  readonly code: string;
  readonly text: string;
  /** Only with `rate_limited`. */
  readonly retryAfterMs?: number;
}

/** The client's own word beside the wire's codes: no answer came, so the outcome is unknown. Repeat with the same id. */
export const DISCONNECTED = 'disconnected';

/** What calls to the server reject with. */
export class CallError extends Error implements HubError {
  readonly code: string;
  readonly text: string;
  readonly retryAfterMs?: number;

  constructor(error: HubError) {
    super(`${error.code}: ${error.text}`);
    this.name = 'CallError';
    this.code = error.code;
    this.text = error.text;
    if (error.retryAfterMs !== undefined) {
      this.retryAfterMs = error.retryAfterMs;
    }
  }
}

const MARK = 'HubException: ';
const RETRY_AFTER = /\bretry_after_ms=(\d{1,9})\s*$/;
const knownCodes: ReadonlySet<string> = new Set<string>(Object.values(ErrorCodes));

/** True for what the hub refused in words of its own, as opposed to what SignalR or the network says. */
export function isHubException(error: unknown): boolean {
  return messageOf(error).includes(MARK);
}

/**
 * Reads the error of a hub call: `code: text` follows the first `HubException: `, which SignalR puts in front with words of
 * its own. Anything else, an unknown code included, is `internal`: never retried, never shown as something it is not.
 */
export function parseHubError(error: unknown): HubError {
  // By its name, because scripts that are bundled apart have a class each.
  if (isCallError(error)) {
    return error;
  }
  const message = messageOf(error);
  const mark = message.indexOf(MARK);
  const own = mark < 0 ? message : message.slice(mark + MARK.length);
  const colon = own.indexOf(': ');
  const code = own.slice(0, colon);
  if (mark < 0 || colon < 0 || !knownCodes.has(code)) {
    return { code: ErrorCodes.internal, text: own };
  }
  const text = own.slice(colon + 2);
  const retryAfter = code === ErrorCodes.rateLimited ? RETRY_AFTER.exec(text)?.[1] : undefined;
  return retryAfter === undefined ? { code, text } : { code, text, retryAfterMs: Number(retryAfter) };
}

function isCallError(error: unknown): error is Error & HubError {
  return error instanceof Error && error.name === 'CallError';
}

/** True when the same call, with the same id, may succeed later by itself. */
export function isRetriable(code: string): boolean {
  return code === DISCONNECTED || code === ErrorCodes.unavailable || code === ErrorCodes.rateLimited;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error === 'string' ? error : '';
}
