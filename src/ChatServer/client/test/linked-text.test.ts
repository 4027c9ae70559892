// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { h } from '@copilot/shop-page';
import { linkedText } from '../src/view/linked-text';

function show(text: string): HTMLElement {
  return h('p', {}, ...linkedText(text, '(new tab)'));
}

function links(text: string): (string | null)[] {
  return [...show(text).querySelectorAll('a')].map((a) => a.getAttribute('href'));
}

test('text stays text, whatever it holds', () => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>&lt;';
  const shown = show(hostile);
  expect(shown.textContent).toBe(hostile);
  expect(shown.children).toHaveLength(0);
});

test('links web addresses, without the punctuation behind them', () => {
  expect(links('See https://shop.example/a?b=1, or (http://shop.example).')).toEqual([
    'https://shop.example/a?b=1',
    'http://shop.example',
  ]);
});

test('a link opens apart from the page and tells it nothing', () => {
  const link = show('https://shop.example').querySelector('a');
  expect(link?.rel).toBe('noopener noreferrer nofollow');
  expect(link?.target).toBe('_blank');
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
  'https://shop.example@evil.example/',
  'ftp://shop.example',
])('does not link %s', (text) => {
  expect(links(text)).toEqual([]);
  expect(show(text).textContent).toBe(text);
});

test('a link ends where the direction of writing is tampered with', () => {
  expect(links('https://shop.example/\u202egpj.exe')).toEqual(['https://shop.example/']);
});
