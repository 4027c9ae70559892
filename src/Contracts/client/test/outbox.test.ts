import { beforeEach, describe, expect, test } from 'vitest';
import {
  CallError,
  ConversationLog,
  DISCONNECTED,
  Outbox,
  type OutboxItem,
  type OutboxStorage,
  type SendResult,
  webOutboxStorage,
} from '../src/index';
import { AGENT, CUSTOMER, randomFrom, ServerModel } from './server-model';

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** Calls that the test answers one by one. */
class Wire {
  readonly sent: string[] = [];
  private readonly waiting: { resolve: (result: SendResult) => void; reject: (error: CallError) => void }[] = [];

  send = (item: OutboxItem): Promise<SendResult> => {
    this.sent.push(item.text);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  };

  async accept(seq = 1): Promise<void> {
    this.waiting.shift()?.resolve({ seq, sentAt: '', duplicate: false });
    await settle();
  }

  async refuse(code: string, retryAfterMs?: number): Promise<void> {
    this.waiting.shift()?.reject(new CallError({ code, text: '', ...(retryAfterMs ? { retryAfterMs } : {}) }));
    await settle();
  }
}

function fakeStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => {
      values.clear();
    },
  };
}

describe('an outbox', () => {
  let wire: Wire;
  let waits: number[];
  let storage: OutboxStorage;

  const outboxWith = (kept: OutboxStorage = storage) =>
    new Outbox({
      send: wire.send,
      onChange: () => undefined,
      storage: kept,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
  const states = (outbox: Outbox) => outbox.items.map((item) => `${item.text} ${item.state}`);

  beforeEach(() => {
    wire = new Wire();
    waits = [];
    storage = webOutboxStorage(fakeStorage(), 'o:');
  });

  test('sends nothing before it is opened, then one at a time and in order', async () => {
    const outbox = outboxWith();
    outbox.write('one');
    outbox.write('two');
    expect(wire.sent).toEqual([]);
    outbox.open();
    expect(wire.sent).toEqual(['one']);
    await wire.accept();
    expect(wire.sent).toEqual(['one', 'two']);
    expect(states(outbox)).toEqual(['one sent', 'two sending']);
  });

  test('repeats a lost call with the same id on the next connection', async () => {
    const outbox = outboxWith();
    outbox.open();
    const id = outbox.write('one').messageId;
    await wire.refuse(DISCONNECTED);
    expect(wire.sent).toEqual(['one']);
    outbox.open();
    await wire.accept();
    expect(wire.sent).toEqual(['one', 'one']);
    expect(outbox.items).toMatchObject([{ messageId: id, state: 'sent' }]);
  });

  test('waits as long as a rate limit asks, and longer', async () => {
    const outbox = outboxWith();
    outbox.open();
    outbox.write('one');
    await wire.refuse('rate_limited', 3_000);
    expect(waits[0]).toBeGreaterThanOrEqual(3_000);
    await wire.accept();
    expect(states(outbox)).toEqual(['one sent']);
  });

  test('stops the line at a refusal until the person retries', async () => {
    const outbox = outboxWith();
    outbox.open();
    const { messageId } = outbox.write('one');
    outbox.write('two');
    await wire.refuse('invalid');
    outbox.write('three');
    expect(states(outbox)).toEqual(['one failed', 'two held', 'three held']);
    outbox.retry(messageId);
    expect(states(outbox)).toEqual(['one sending', 'two sending', 'three sending']);
    await wire.accept();
    await wire.accept();
    await wire.accept();
    expect(wire.sent).toEqual(['one', 'one', 'two', 'three']);
  });

  test('goes on when the person discards the refused one', async () => {
    const outbox = outboxWith();
    outbox.open();
    const { messageId } = outbox.write('one');
    outbox.write('two');
    await wire.refuse('invalid');
    outbox.discard(messageId);
    expect(wire.sent).toEqual(['one', 'two']);
    expect(storage.load().map((item) => item.text)).toEqual(['two']);
  });

  test('gives up all in line when the conversation is closed', async () => {
    const outbox = outboxWith();
    outbox.open();
    outbox.write('one');
    outbox.write('two');
    await wire.refuse('closed');
    expect(states(outbox)).toEqual(['one failed', 'two failed']);
    expect(wire.sent).toEqual(['one']);
  });

  test('survives a reload with its ids and order', async () => {
    const first = outboxWith();
    const ids = ['one', 'two', 'three'].map((text) => first.write(text).messageId);
    first.open();
    await wire.accept();
    const second = outboxWith();
    expect(second.items.map((item) => item.messageId)).toEqual(ids.slice(1));
    expect(states(second)).toEqual(['two sending', 'three sending']);
  });

  test('two tabs keep their messages apart and send the other one under its own id', () => {
    const here = outboxWith();
    const there = outboxWith();
    const item = here.write('from here');
    there.write('from there');
    there.adopt(item);
    there.adopt(item);
    expect(there.items.map((each) => each.text).toSorted()).toEqual(['from here', 'from there']);
    expect(there.items.find((each) => each.text === 'from here')?.messageId).toBe(item.messageId);
    expect(storage.load()).toHaveLength(2);
  });

  test('works on in memory when storage fails', () => {
    const broken = {
      get length(): number {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
    } as unknown as Storage;
    const outbox = outboxWith(webOutboxStorage(broken, 'o:'));
    outbox.write('one');
    expect(states(outbox)).toEqual(['one sending']);
  });

  test('skips what it cannot read in storage', () => {
    const web = fakeStorage();
    web.setItem('o:a', '{');
    web.setItem('o:b', 'null');
    web.setItem('o:c', '{"messageId":1}');
    web.setItem('p:d', '{}');
    expect(webOutboxStorage(web, 'o:').load()).toEqual([]);
  });
});

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'every message arrives once and in order, seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const server = new ServerModel();
    const web = fakeStorage();
    const log = new ConversationLog(server.conversationId);
    let online = false;
    const make = () =>
      new Outbox({
        storage: webOutboxStorage(web, 'o:'),
        onChange: () => undefined,
        wait: () => settle().then(() => undefined),
        send: async (item) => {
          await Promise.resolve();
          const fate = online ? random() : 0;
          if (fate < 0.15) {
            throw new CallError({ code: DISCONNECTED, text: '' });
          }
          const { result } = fate < 0.25 ? { result: undefined } : server.append(CUSTOMER, item.messageId, item.text);
          if (result === undefined || fate < 0.35) {
            // Refused before or lost after the server acted: the client cannot tell.
            throw new CallError({ code: fate < 0.3 ? 'unavailable' : 'rate_limited', text: '' });
          }
          return result;
        },
      });
    let outbox = make();
    const connect = () => {
      online = true;
      const outcome = log.applyJoin(server.join(log.joinRequest()));
      outbox.reconcile(log, CUSTOMER, outcome);
      outbox.open();
    };
    const written: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const what = random();
      if (what < 0.5) {
        written.push(outbox.write(`t${step}`).text);
      } else if (what < 0.7) {
        connect();
      } else if (what < 0.85) {
        online = false;
        outbox.pause();
      } else if (what < 0.9) {
        outbox.pause();
        outbox = make();
      } else {
        server.append(AGENT, `agent${step}`);
      }
      if (random() < 0.5) {
        await settle();
      }
    }
    for (let round = 0; round < 400 && (outbox.items.length > 0 || round === 0); round += 1) {
      connect();
      await settle();
    }
    const mine = server.entries.filter((each) => each.author.id === CUSTOMER).map((each) => each.text);
    expect(mine).toEqual(written);
  },
);

describe('after a reset', () => {
  test('own messages that are gone go out again, old ids, first', async () => {
    const server = new ServerModel();
    const log = new ConversationLog(server.conversationId);
    const outbox = new Outbox({
      onChange: () => undefined,
      send: (item) => Promise.resolve(server.append(CUSTOMER, item.messageId, item.text).result),
    });
    const join = () => {
      outbox.reconcile(log, CUSTOMER, log.applyJoin(server.join(log.joinRequest())));
      outbox.open();
    };
    join();
    outbox.write('one');
    outbox.write('two');
    await settle();
    server.append(AGENT, 'answer');
    join();
    expect(outbox.items).toEqual([]);
    outbox.write('three');
    await settle();
    outbox.pause();
    const before = server.entries.filter((each) => each.author.id === CUSTOMER);
    outbox.write('four');
    server.cutBack(3);
    join();
    await settle();
    join();
    const after = server.entries.filter((each) => each.author.id === CUSTOMER);
    expect(after.map((each) => each.text)).toEqual(['one', 'two', 'three', 'four']);
    expect(after.slice(0, 3).map((each) => each.messageId)).toEqual(before.map((each) => each.messageId));
    expect(outbox.items).toEqual([]);
  });
});
