import type { ScopeRules, SessionLimits } from '@copilot/contracts';
import { readJson } from '@copilot/shop-page';
import { keptName } from './kept-name';
import type { Farewell, Phase } from './co-pilot-state';

/** What a tab takes from page to page. */
export interface KeptSession {
  readonly sessionId: string;
  readonly resumeToken: string;
  /** The session is this customer's, also when somebody signs in to the shop meanwhile and becomes another. */
  readonly customerToken: string;
  readonly agentName: string;
  readonly department?: string;
  readonly scope: ScopeRules;
  /** Of which elements the site shows the text. */
  readonly shownSelectors: readonly string[];
  readonly limits: SessionLimits;
  readonly phase: Phase;
  /** What the customer chose last, which the server may not have heard yet. */
  readonly wantsPaused?: boolean;
  /** When the server last had it from this tab, by `Date.now()`. */
  readonly aliveAt?: number;
  /** It has ended here, and the server was not told yet. */
  readonly farewell?: Farewell;
}

/** In sessionStorage and so in this tab alone, but for tabs that it opens: those get a copy, which `holdSession` makes worthless. */
export class KeptSessionStore {
  readonly #storage: Storage;
  readonly #name: string;

  constructor(storage: Storage, site: string) {
    this.#storage = storage;
    this.#name = keptName(site);
  }

  read(): KeptSession | undefined {
    return readJson<KeptSession>(
      this.#storage,
      this.#name,
      ({ sessionId, resumeToken, customerToken, scope, shownSelectors, limits }) =>
        [sessionId, resumeToken, customerToken].every((each) => typeof each === 'string') &&
        typeof scope === 'object' &&
        Array.isArray(shownSelectors) &&
        typeof limits === 'object',
    );
  }

  write(kept: KeptSession): void {
    this.#storage.setItem(this.#name, JSON.stringify(kept));
  }

  clear(): void {
    this.#storage.removeItem(this.#name);
  }
}
