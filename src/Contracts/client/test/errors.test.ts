import { expect, test } from 'vitest';
import vectors from '../../Vectors/errors.json';
import { CallError, DISCONNECTED, isHubException, isRetriable, parseHubError } from '../src/index';

test.each(vectors)('reads $name', ({ wire, code, text, retryAfterMs }: Vector) => {
  const expected = retryAfterMs === undefined ? { code, text } : { code, text, retryAfterMs };
  expect(parseHubError(new Error(wire))).toEqual(expected);
  expect(parseHubError(wire)).toEqual(expected);
  expect(isHubException(new Error(wire))).toBe(wire.includes('HubException: '));
});

test('reads back its own error unchanged', () => {
  const error = new CallError({ code: DISCONNECTED, text: 'gone' });
  expect(parseHubError(error)).toBe(error);
});

test.each([undefined, null, 7, { message: 'HubException: closed: x' }])('takes %j for an internal error', (thrown) => {
  expect(parseHubError(thrown).code).toBe('internal');
});

test('only what may succeed by itself is retriable', () => {
  expect(['unavailable', 'rate_limited', DISCONNECTED].every(isRetriable)).toBe(true);
  expect(['internal', 'invalid', 'closed', 'not_found', 'forbidden', 'too_large', 'stale'].some(isRetriable)).toBe(
    false,
  );
});

interface Vector {
  readonly name: string;
  readonly wire: string;
  readonly code: string;
  readonly text: string;
  readonly retryAfterMs?: number | undefined;
}
