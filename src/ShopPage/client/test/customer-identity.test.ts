import { CallError, type CustomerTokenRequest, type CustomerTokenResult, DISCONNECTED } from '@copilot/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { BrowserStorage } from '../src/browser-storage';
import { CustomerIdentity } from '../src/customer-identity';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const blocked = () => {
  throw new Error('blocked');
};

describe("a customer's identity", () => {
  let storage: BrowserStorage;
  let asked: { request: CustomerTokenRequest; token: string | undefined }[];
  let answer: (token: string | undefined) => CustomerTokenResult;
  let identityToken: string | undefined;

  const identity = () =>
    new CustomerIdentity({
      storage,
      name: 'customer',
      site: 'demo',
      locale: 'nl',
      now: () => NOW,
      identityToken: () => Promise.resolve(identityToken),
      api: {
        customer: (request, token) => {
          asked.push({ request, token });
          return Promise.resolve().then(() => answer(token));
        },
      },
    });
  const customer = (hours: number, token = 't'): CustomerTokenResult => ({
    token,
    customerId: 'c1',
    verified: identityToken !== undefined,
    expiresAt: new Date(NOW + hours * 3_600_000).toISOString(),
  });

  beforeEach(() => {
    storage = new BrowserStorage(blocked);
    asked = [];
    identityToken = undefined;
    answer = () => customer(24);
  });

  test('is made once and kept', async () => {
    const one = identity();
    await Promise.all([one.current(false), one.current(false)]);
    await identity().current(false);
    expect(asked).toEqual([{ request: { site: 'demo', locale: 'nl' }, token: undefined }]);
    expect(identity().known?.customerId).toBe('c1');
  });

  test('is renewed with the old token before that ends, and when it is in doubt', async () => {
    answer = () => customer(0.5);
    await identity().current(false);
    answer = () => customer(24, 'fresh');
    await expect(identity().current(false)).resolves.toMatchObject({ token: 'fresh' });
    await identity().current(true);
    expect(asked.map((each) => each.token)).toEqual([undefined, 't', 'fresh']);
  });

  test('starts anew when the server does not take the old token any more', async () => {
    answer = () => customer(0);
    await identity().current(false);
    answer = (token) => {
      if (token !== undefined) {
        throw new CallError({ code: 'forbidden', text: '' });
      }
      return customer(24, 'new');
    };
    await expect(identity().current(false)).resolves.toMatchObject({ token: 'new' });
  });

  test('keeps the old one while the server is out of reach', async () => {
    await identity().current(false);
    answer = () => {
      throw new CallError({ code: DISCONNECTED, text: '' });
    };
    await expect(identity().current(true)).rejects.toMatchObject({ code: DISCONNECTED });
    expect(identity().known?.token).toBe('t');
  });

  test('becomes verified when the shop vouches for the customer', async () => {
    await identity().current(false);
    identityToken = 'jwt';
    await identity().current(false);
    await identity().current(false);
    expect(asked[1]).toEqual({ request: { site: 'demo', locale: 'nl', identityToken: 'jwt' }, token: 't' });
    expect(asked).toHaveLength(2);
  });

  test('renews a token for its customer, and stays who it is', async () => {
    await identity().current(false);
    identityToken = 'jwt';
    answer = () => customer(24, 'renewed');
    await expect(identity().renew('of another')).resolves.toBe('renewed');
    expect(asked[1]).toEqual({ request: { site: 'demo', locale: 'nl' }, token: 'of another' });
    expect(identity().known?.token).toBe('t');
  });

  test('two tabs at once are one customer', async () => {
    const here = identity();
    const first = here.current(false);
    storage.setItem('customer', JSON.stringify({ ...customer(24, 'other tab'), customerId: 'c2' }));
    await expect(first).resolves.toMatchObject({ customerId: 'c2', token: 'other tab' });
  });
});
