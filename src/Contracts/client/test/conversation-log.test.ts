import { describe, expect, test } from 'vitest';
import { ConversationLog, type LogEntry, type MessageEvent } from '../src/index';
import { AGENT, CUSTOMER, entry, randomFrom, ServerModel } from './server-model';

function joined(server: ServerModel): ConversationLog {
  const log = new ConversationLog(server.conversationId);
  log.applyJoin(server.join(log.joinRequest()));
  return log;
}

function event(message: LogEntry, epoch = '1'): MessageEvent {
  return { conversationId: 'k1', epoch, message };
}

describe('a conversation log', () => {
  test('claims nothing at first, and its last entry later', () => {
    const server = new ServerModel();
    expect(new ConversationLog('k1').joinRequest()).toEqual({ conversationId: 'k1', afterSeq: 0 });
    server.append(AGENT, 'hello');
    expect(joined(server).joinRequest()).toEqual({ conversationId: 'k1', epoch: '1', afterSeq: 1, afterId: 'hello' });
  });

  test('takes what follows on, once', () => {
    const log = joined(new ServerModel());
    expect(log.applyMessage(event(entry(1)))).toBe('applied');
    expect(log.applyMessage(event(entry(1)))).toBe('duplicate');
    expect(log.applyMessage(event(entry(5, { after: 1 })))).toBe('applied');
    expect(log.entries.map((each) => each.seq)).toEqual([1, 5]);
  });

  test.each([
    ['something was missed', event(entry(3, { after: 2 }))],
    ['another epoch', event(entry(2), '2')],
    ['a known seq with an unknown id', event(entry(1, { messageId: 'other' }))],
    ['a known seq and id of another author', event(entry(1, { author: { role: 'customer', id: CUSTOMER } }))],
    ['a server that does not hold our last entry', event(entry(2, { after: 0 }))],
  ])('sees a gap: %s', (_, message) => {
    const log = joined(new ServerModel());
    log.applyMessage(event(entry(1)));
    expect(log.applyMessage(message)).toBe('gap');
    expect(log.lastSeq).toBe(1);
  });

  test('keeps what comes during a join and judges it against the answer', () => {
    const server = new ServerModel();
    const log = joined(server);
    server.append(AGENT, 'one');
    const result = server.join(log.joinRequest());
    const late = server.append(AGENT, 'two').event;
    expect(log.applyMessage(server.append(AGENT, 'one').event)).toBe('buffered');
    expect(log.applyMessage(late)).toBe('buffered');
    expect(log.applyJoin(result)).toMatchObject({ reset: false, joinAgain: false });
    expect(log.entries.map((each) => each.messageId)).toEqual(['one', 'two']);
  });

  test('asks to join again when what came meanwhile does not fit', () => {
    const server = new ServerModel();
    const log = joined(server);
    const result = server.join(log.joinRequest());
    log.applyMessage(event(entry(2)));
    expect(log.applyJoin(result).joinAgain).toBe(true);
  });

  test('drops what came during a join that failed; the next one brings it', () => {
    const server = new ServerModel();
    const log = joined(server);
    log.joinRequest();
    log.applyMessage(server.append(AGENT, 'one').event);
    log.joinFailed();
    expect(log.lastSeq).toBe(0);
    log.applyJoin(server.join(log.joinRequest()));
    expect(log.lastId).toBe('one');
  });

  test('tells after a reset, read to its end, what it held before', () => {
    const server = new ServerModel();
    server.append(CUSTOMER, 'mine');
    server.append(AGENT, 'theirs');
    const log = joined(server);
    server.cutBack(2);
    ['a', 'b', 'c'].forEach((id) => server.append(AGENT, id));
    server.page = 2;
    const first = log.applyJoin(server.join(log.joinRequest()));
    expect(first).toMatchObject({ reset: false, joinAgain: true });
    const second = log.applyJoin(server.join(log.joinRequest()));
    expect(second).toMatchObject({ reset: true, joinAgain: false });
    expect(second.forgotten.map((each) => each.messageId)).toEqual(['mine', 'theirs']);
    expect(log.entries.map((each) => each.messageId)).toEqual(['a', 'b', 'c']);
  });

  test('moves read marks forward only', () => {
    const log = joined(new ServerModel());
    log.applyRead({ conversationId: 'k1', participantId: AGENT, role: 'agent', seq: 4 });
    log.applyRead({ conversationId: 'k1', participantId: AGENT, role: 'agent', seq: 2 });
    expect(log.readBy.get(AGENT)).toBe(4);
  });

  test('follows who serves it through its own events, not through pushes that may come late', () => {
    const log = joined(new ServerModel());
    const data = { agentId: AGENT, agentName: 'Kim' };
    log.applyMessage(event(entry(1, { kind: 'event', text: 'agent_joined', data })));
    expect(log).toMatchObject({ state: 'active', agent: { agentId: AGENT, name: 'Kim' } });
    log.applyContactChanged({ state: 'waiting' });
    expect(log.state).toBe('active');
    log.applyMessage(event(entry(2, { kind: 'event', text: 'agent_away', data })));
    expect(log).toMatchObject({ state: 'waiting', agent: undefined });
    log.applyContactChanged({ state: 'offered' });
    expect(log.state).toBe('offered');
  });

  test('stays ended', () => {
    const log = joined(new ServerModel());
    log.applyMessage(event(entry(1, { kind: 'event', text: 'ended' })));
    log.applyContactChanged({ state: 'active' });
    expect(log.state).toBe('closed');
  });
});

test.each(Array.from({ length: 300 }, (_, seed) => seed))('is never other than the server at rest, seed %i', (seed) => {
  const random = randomFrom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const server = new ServerModel();
  server.page = 1 + pick(4);
  const log = new ConversationLog(server.conversationId);
  let undelivered: MessageEvent[] = [];

  const deliver = (message: MessageEvent) => {
    if (log.applyMessage(message) === 'gap') {
      join();
    }
  };
  /** Answers whether the log is complete now. */
  const join = (): boolean => {
    const result = server.join(log.joinRequest());
    // Pushes overtake the answer.
    while (undelivered.length > 0 && random() < 0.5) {
      undelivered.splice(pick(undelivered.length), 1).forEach(deliver);
    }
    if (random() < 0.1) {
      log.joinFailed();
      return false;
    }
    return !log.applyJoin(result).joinAgain;
  };
  const catchUp = () => {
    while (!join());
  };
  // A store restored from a backup has lost its connections with it, so every client joins before it hears anything.
  const restart = () => {
    server.cutBack(1 + pick(3));
    undelivered = [];
    Array.from({ length: pick(5) }, () => server.append(AGENT, `m${random()}`));
    catchUp();
  };
  const steps = [
    () => undelivered.push(server.append(AGENT, `m${random()}`).event),
    () => undelivered.push(server.append(AGENT, `m${random()}`).event),
    () => server.append(AGENT, `hidden${random()}`, '', 'agents'),
    () => {
      undelivered.splice(pick(undelivered.length), 1).forEach(deliver);
    },
    () => {
      undelivered.slice(0, 1).forEach(deliver);
    },
    () => undelivered.splice(0, 1 + pick(3)),
    () => {
      undelivered = undelivered.toSorted(() => random() - 0.5);
    },
    join,
    () => {
      if (random() < 0.1) {
        restart();
      }
    },
  ];
  for (let step = 0; step < 120; step += 1) {
    steps[pick(steps.length)]?.();
    const seqs = log.entries.map((each) => each.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b).filter((seq, index, all) => seq !== all[index - 1]));
  }
  undelivered = [];
  catchUp();
  expect(log.entries).toEqual(server.visible);
});
