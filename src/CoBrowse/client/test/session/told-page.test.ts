import { expect, test } from 'vitest';
import { ScopePolicy } from '../../src/scope/scope-policy';
import { toldPage } from '../../src/session/told-page';
import { SCOPE } from './fake-hub';

const facts = { title: 'Title', width: 390.4, height: -1 };
const scope = new ScopePolicy(SCOPE);

test.each([
  ['https://shop.example/a?token=1#section', 'https://shop.example/a'],
  ['https://shop.example/app?x#/orders?id=7', 'https://shop.example/app#/orders'],
  ['https://shop.example/app#!/orders', 'https://shop.example/app#!/orders'],
  ['https://shop.example/checkout', 'about:blank'],
  ['https://shop.example/app#/checkout', 'about:blank'],
  ['https://elsewhere.example/a', 'about:blank'],
])('of %s the server is told %s', (url, told) => {
  expect(toldPage(scope, { ...facts, url }).pageUrl).toBe(told);
});

test('a title is cut without half a character, and sizes are whole', () => {
  const title = `${'x'.repeat(299)}😀\uDE00`;
  const told = toldPage(scope, { ...facts, url: 'https://shop.example/a', title });
  expect(told).toEqual({
    pageUrl: 'https://shop.example/a',
    pageTitle: 'x'.repeat(299),
    viewport: { width: 390, height: 0 },
  });
});

test('without rules nothing is told', () => {
  expect(toldPage(undefined, { ...facts, url: 'https://shop.example/a' })).toMatchObject({
    pageUrl: 'about:blank',
    pageTitle: '',
  });
});
