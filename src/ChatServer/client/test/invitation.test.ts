import { CallError, ErrorCodes } from '@copilot/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Invitation } from '../src/conversation/invitation';

describe('an invitation', () => {
  let joins: { code: string; succeed: () => void; fail: (code: string) => void }[];
  let invitation: Invitation;

  const invite = (code: string, expiresInSeconds?: number) => {
    invitation.received({ code, ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }) }, true);
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers();
    joins = [];
    invitation = new Invitation({
      canJoin: () => true,
      join: (code) =>
        new Promise((succeed, reject) => {
          const fail = (reason: string) => {
            reject(new CallError({ code: reason, text: '' }));
          };
          joins.push({ code, succeed, fail });
        }),
      onChange: () => undefined,
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([20, 1_800, undefined])('is there as long as its code lives: %s s', (seconds) => {
    invite('A', seconds);
    vi.advanceTimersByTime((seconds ?? 300) * 1_000 - 1);
    expect(invitation.state).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(invitation.state).toBeUndefined();
  });

  test('that comes again lives anew, and is joined once', () => {
    invite('A');
    vi.advanceTimersByTime(299_999);
    void invitation.accept();
    invite('A');
    vi.advanceTimersByTime(299_999);
    void invitation.accept();
    expect(joins).toHaveLength(1);
    expect(invitation.state?.isJoining).toBe(true);
  });

  test('is not hurt by what comes of an older one', async () => {
    invite('A');
    void invitation.accept();
    invite('B');
    joins[0]?.fail(ErrorCodes.notFound);
    await settle();
    expect(invitation.state).toMatchObject({ code: 'B', isJoining: false, problem: undefined });
    void invitation.accept();
    expect(joins.map(({ code }) => code)).toEqual(['A', 'B']);
    joins[1]?.succeed();
    await settle();
    expect(invitation.state).toBeUndefined();
  });

  test('can be tried again, but not by a click where the page may not', async () => {
    invite('A');
    void invitation.accept();
    joins[0]?.fail(ErrorCodes.rateLimited);
    await settle();
    expect(invitation.state).toMatchObject({ isHere: true, isJoining: false, problem: 'rate_limited' });
    void invitation.accept();
    joins[1]?.fail(ErrorCodes.forbidden);
    await settle();
    expect(invitation.state).toMatchObject({ isHere: false, isJoining: false, problem: 'forbidden' });
  });
});
