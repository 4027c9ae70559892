import { beforeEach, describe, expect, test } from 'vitest';
import { CallError, ConversationFollower, ConversationLog, DISCONNECTED, type JoinOutcome } from '../src/index';
import { AGENT, ServerModel } from './server-model';

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('a follower', () => {
  let server: ServerModel;
  let log: ConversationLog;
  let joins: number;
  let refusals: string[];
  let waits: { milliseconds: number; end: () => void }[];
  let caughtUp: JoinOutcome[];
  let lost: string[];
  let follower: ConversationFollower;

  beforeEach(() => {
    server = new ServerModel();
    log = new ConversationLog(server.conversationId);
    joins = 0;
    refusals = [];
    waits = [];
    caughtUp = [];
    lost = [];
    follower = new ConversationFollower({
      log,
      join: async (request) => {
        joins += 1;
        await Promise.resolve();
        const code = refusals.shift();
        if (code !== undefined) {
          throw new CallError({ code, text: '', retryAfterMs: 900 });
        }
        return server.join(request);
      },
      onEntries: () => undefined,
      onCaughtUp: (outcome) => caughtUp.push(outcome),
      onLost: (error) => lost.push(error.code),
      wait: (milliseconds) =>
        new Promise((resolve) => {
          waits.push({ milliseconds, end: resolve });
        }),
    });
  });

  test('reads page after page and says once that it has caught up', async () => {
    ['a', 'b', 'c', 'd', 'e'].forEach((id) => server.append(AGENT, id));
    server.page = 2;
    follower.follow();
    await settle();
    expect(log.entries).toEqual(server.visible);
    expect(joins).toBe(3);
    expect(caughtUp).toHaveLength(1);
  });

  test('joins again after a gap, and never twice at once', async () => {
    follower.follow();
    await settle();
    server.append(AGENT, 'missed');
    expect(follower.receive(server.append(AGENT, 'heard').event)).toBe('gap');
    follower.follow();
    follower.follow();
    await settle();
    expect(log.entries).toEqual(server.visible);
    expect(joins).toBeLessThanOrEqual(3);
  });

  test('leaves a broken connection to the next one', async () => {
    refusals = [DISCONNECTED];
    follower.follow();
    await settle();
    expect(joins).toBe(1);
    expect(waits).toEqual([]);
    follower.follow();
    await settle();
    expect(caughtUp).toHaveLength(1);
  });

  test('waits as a busy server asks', async () => {
    refusals = ['rate_limited'];
    follower.follow();
    await settle();
    expect(waits[0]?.milliseconds).toBeGreaterThanOrEqual(900);
    waits[0]?.end();
    await settle();
    expect(caughtUp).toHaveLength(1);
  });

  test('gives up when it may not join', async () => {
    refusals = ['not_found'];
    follower.follow();
    await settle();
    follower.follow();
    await settle();
    expect(lost).toEqual(['not_found']);
    expect(joins).toBe(1);
  });

  test('doubts the way down when an accepted message does not come back', async () => {
    follower.follow();
    await settle();
    const { result } = server.append(AGENT, 'never pushed');
    follower.expect(result.seq);
    waits[0]?.end();
    await settle();
    expect(log.entries).toEqual(server.visible);
    follower.expect(result.seq);
    waits[1]?.end();
    await settle();
    expect(joins).toBe(2);
  });
});
