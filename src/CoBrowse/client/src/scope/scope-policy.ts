import { parsePageAddress, type PageAddress } from './page-address';
import { PlainPath } from './plain-path';

/** What the server says of the site's scope; paths are prefixes of whole segments. */
export interface ScopeRules {
  readonly allowed: readonly { readonly origin: string; readonly path: string }[];
  readonly excluded: readonly string[];
  readonly dangerous: readonly string[];
}

/**
 * Which pages may be shown, and which the agent may propose: the same answers as `ScopePolicy` in C#, so that nothing is captured that the
 * server would refuse. Nothing is in scope that no rule names, and nothing whose address two programs might read differently.
 */
export class ScopePolicy {
  readonly #allowed: readonly { readonly origin: string; readonly path: PlainPath }[];
  readonly #excluded: readonly PlainPath[];
  readonly #dangerous: readonly PlainPath[];

  /** @throws when a rule cannot be read: a rule that is left out could be one that keeps a page private. */
  constructor(rules: ScopeRules) {
    this.#allowed = rules.allowed.map(({ origin, path }) => ({ origin: safeOrigin(origin), path: read(path) }));
    this.#excluded = rules.excluded.map(read);
    this.#dangerous = rules.dangerous.map(read);
  }

  isInScope(url: string): boolean {
    return this.#find(url) !== undefined;
  }

  /** In scope, a path alone (a query string may hold a deed or a token), and not dangerous. */
  isProposable(url: string): boolean {
    const page = this.#find(url);
    return page !== undefined && page.isPathOnly && !isUnder(page, this.#dangerous);
  }

  /** The path alone, which is all that may be told of an address; undefined for what is out of scope. */
  pathOf(url: string): string | undefined {
    return this.#find(url)?.pathText;
  }

  #find(url: string): PageAddress | undefined {
    const page = parsePageAddress(url);
    const isAllowed =
      page !== undefined &&
      this.#allowed.some(({ origin, path }) => page.origin === origin && page.path.isWithin(path));
    return isAllowed && !isUnder(page, this.#excluded) ? page : undefined;
  }
}

function isUnder({ path, route }: PageAddress, prefixes: readonly PlainPath[]): boolean {
  return prefixes.some((prefix) => path.mayBeWithin(prefix) || route?.mayBeWithin(prefix) === true);
}

function safeOrigin(origin: string): string {
  if (!/^(https:\/\/|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$)/.test(origin)) {
    throw new Error('The scope names an origin that is not safe.');
  }

  return origin;
}

function read(text: string): PlainPath {
  const path = PlainPath.parse(text);
  if (!path) {
    throw new Error('The scope names a path that cannot be read.');
  }

  return path;
}
