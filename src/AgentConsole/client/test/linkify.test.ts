import { describe, expect, test } from 'vitest';
import { linkify, safeUrl } from '../src/conversation/linkify';

describe('linkify', () => {
  test('leaves a text without addresses alone', () => {
    expect(linkify('hello')).toEqual([{ text: 'hello' }]);
    expect(linkify('')).toEqual([{ text: '' }]);
  });

  test('keeps the punctuation of the sentence out of the address', () => {
    expect(linkify('See (https://shop.example/a_(b)), or http://x.example/?q=1.')).toEqual([
      { text: 'See (' },
      { text: 'https://shop.example/a_(b)', href: 'https://shop.example/a_(b)' },
      { text: '), or ' },
      { text: 'http://x.example/?q=1', href: 'http://x.example/?q=1' },
      { text: '.' },
    ]);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example', '//x.example', 'https://', 'www.x.example'])(
    'makes no link of %s',
    (text) => {
      expect(linkify(text).every((part) => part.href === undefined)).toBe(true);
    },
  );

  test('makes no link of an address that hides its host behind a user name', () => {
    expect(safeUrl('https://bank.example@evil.example/')).toBeUndefined();
  });

  test('loses no character', () => {
    const text = 'a https://x.example/y, b <script>alert(1)</script> https://z.example';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
