import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScopePolicy } from '../../src/scope/scope-policy';
import file from '../../../Vectors/scope.json';

const policies = new Map(Object.entries(file.scopes).map(([name, rules]) => [name, new ScopePolicy(rules)]));

// The same vectors as tests/CoBrowse.Tests reads: both sides must give the same answers.
describe('scope vectors', () => {
  it.each(file.vectors)('$scope $url', ({ scope, url, inScope, proposable, ...rest }) => {
    const policy = policies.get(scope);

    expect(policy?.isInScope(url)).toBe(inScope);
    expect(policy?.isProposable(url)).toBe(proposable);
    if (!inScope) {
      expect(policy?.pathOf(url)).toBeUndefined();
    } else if ('path' in rest) {
      expect(policy?.pathOf(url)).toBe(rest.path);
    }
  });
});

describe('scope rules', () => {
  it.each(['http://www.shop.example', 'ftp://www.shop.example', 'www.shop.example', 'http://localhost.example', ''])(
    'refuse the origin %s',
    (origin) => {
      expect(() => new ScopePolicy({ allowed: [{ origin, path: '/' }], excluded: [], dangerous: [] })).toThrow();
    },
  );

  it.each(['', 'help', '/..', '//', '/a?b', '/%2e'])('refuse the path "%s", which would keep nothing out', (path) => {
    expect(() => new ScopePolicy({ allowed: [], excluded: [path], dangerous: [] })).toThrow();
  });
});

describe('scope properties', () => {
  const origin = 'https://www.shop.example';
  const pieces = [
    ...[
      '/',
      '\\',
      '.',
      '..',
      ';',
      '%',
      '%2f',
      '%2e',
      '%5c',
      '%25',
      '%20',
      '?',
      '#',
      '#/',
      '@',
      ':',
      '//',
      '%63',
      '\t',
      '\n',
    ],
    ...['help', 'checkout', 'CHECKOUT', 'x', 'é', '%C3%A9', ' ', '\u0000', '\u3002', '\uff0f'],
  ];
  const tails = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
  const policy = new ScopePolicy({ allowed: [{ origin, path: '/help' }], excluded: ['/help/checkout'], dangerous: [] });

  it('only lets through what the browser itself opens under the allowed prefix and not under the excluded one', () => {
    fc.assert(
      fc.property(fc.oneof(tails, fc.string(), fc.webPath()), (tail) => {
        const url = `${origin}/help${tail}`;
        if (policy.isInScope(url)) {
          const { origin: opened, pathname } = new URL(url);
          expect(opened).toBe(origin);
          expect(decodeURIComponent(pathname)).toMatch(/^\/help(\/|$)/);
          expect(decodeURIComponent(pathname)).not.toMatch(/^\/help\/checkout(\/|$)/i);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('answers for every text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (url) => {
        expect(policy.isProposable(url) && !policy.isInScope(url)).toBe(false);
        expect(policy.isInScope(url)).toBe(policy.pathOf(url) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds every address that a browser writes for plain segments', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9][A-Za-z0-9 _~\-é日]*$/), { maxLength: 4 }), (segments) => {
        const { href } = new URL(`${origin}/help/${segments.map(encodeURIComponent).join('/')}`);
        expect(policy.isInScope(href)).toBe(segments[0]?.trim() !== 'checkout');
      }),
    );
  });
});
