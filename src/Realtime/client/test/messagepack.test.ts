import { readFileSync } from 'node:fs';
import { type HubMessage, MessageType, NullLogger } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { describe, expect, test } from 'vitest';

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly message: Record<string, unknown> & { readonly type: MessageType };
  /** Another form of the message, which is understood but not what is written. */
  readonly alsoReads?: boolean;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../Vectors/messagepack.json', import.meta.url), 'utf8'),
) as Vector[];

/** Messages that only clients send; the stock parser passes over them. */
const TO_SERVER_ONLY = [MessageType.StreamInvocation, MessageType.CancelInvocation];

/** `{"$bytes": "hex"}` stands for bytes. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(revive);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if ('$bytes' in value) {
    return new Uint8Array(Buffer.from(value.$bytes as string, 'hex'));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)]));
}

/** What the stock parser makes of a message: it leaves stream ids to servers, and knows no difference between absent and undefined. */
function asStockReads({ message }: Vector): Record<string, unknown> {
  const revived = revive(message) as Record<string, unknown>;
  return message.type === MessageType.Invocation ? { ...revived, streamIds: [] } : revived;
}

describe('the stock MessagePack protocol', () => {
  const protocol = new MessagePackHubProtocol();

  test.each(vectors)('reads: $name', (vector) => {
    const bytes = Uint8Array.from(Buffer.from(vector.hex, 'hex'));
    const [message] = protocol.parseMessages(bytes.buffer, NullLogger.instance);
    if (TO_SERVER_ONLY.includes(vector.message.type)) {
      expect(message).toBeUndefined();
    } else if (vector.message.type === MessageType.Close) {
      expect({ allowReconnect: false, ...JSON.parse(JSON.stringify(message)) }).toEqual(asStockReads(vector));
    } else {
      expect(message).toEqual(asStockReads(vector));
    }
  });

  // The stock client closes without words or a chance to come back.
  test.each(vectors.filter(({ alsoReads, message }) => alsoReads !== true && message.type !== MessageType.Close))(
    'writes: $name',
    (vector) => {
      const bytes = protocol.writeMessage(revive(vector.message) as HubMessage);
      expect(Buffer.from(bytes).toString('hex')).toBe(vector.hex);
    },
  );
});
