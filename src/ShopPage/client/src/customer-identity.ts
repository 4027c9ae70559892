import { ErrorCodes, parseHubError } from '@copilot/contracts';
import { readJson } from './browser-storage';
import type { ServerApi } from './server-api';

/** Who this browser is to the shop's site, as it is kept between pages. */
export interface Customer {
  readonly customerId: string;
  readonly token: string;
  readonly expiresAt: string;
  readonly verified: boolean;
}

export interface IdentityOptions {
  readonly api: Pick<ServerApi, 'customer'>;
  readonly storage: Storage;
  /** Where in the storage. */
  readonly name: string;
  readonly site: string;
  readonly locale: string;
  readonly identityToken: () => Promise<string | undefined>;
  readonly now?: () => number;
}

/** A token this close to its end is renewed first: a connection ends with its token. */
const RENEW_BEFORE_MS = 60 * 60 * 1_000;

/** The customer's token: made at the first action, kept, renewed before it ends, the same customer in all tabs. */
export class CustomerIdentity {
  readonly #options: IdentityOptions;
  #pending: Promise<Customer> | undefined;

  constructor(options: IdentityOptions) {
    this.#options = options;
  }

  get known(): Customer | undefined {
    return readJson<Customer>(
      this.#options.storage,
      this.#options.name,
      (value) =>
        typeof value.customerId === 'string' && typeof value.token === 'string' && typeof value.expiresAt === 'string',
    );
  }

  /** `doubt`: the server may not take the token that is kept, so it is renewed even if it looks good. */
  current(doubt: boolean): Promise<Customer> {
    this.#pending ??= this.#ensure(doubt).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Another token for the customer of this one, who need not be the one that this browser is by now. */
  async renew(token: string): Promise<string> {
    const { api, site, locale } = this.#options;
    return (await api.customer({ site, locale }, token)).token;
  }

  async #ensure(doubt: boolean): Promise<Customer> {
    const known = this.known;
    const identityToken = await this.#options.identityToken().catch(() => undefined);
    const mustVerify = identityToken !== undefined && known?.verified !== true;
    const lasts =
      known !== undefined && Date.parse(known.expiresAt) - (this.#options.now ?? Date.now)() > RENEW_BEFORE_MS;
    return known !== undefined && lasts && !doubt && !mustVerify ? known : this.#fetch(known, identityToken);
  }

  async #fetch(known: Customer | undefined, identityToken: string | undefined): Promise<Customer> {
    const { api, site, locale } = this.#options;
    const request = { site, locale, ...(identityToken === undefined ? {} : { identityToken }) };
    try {
      return this.#keep(await api.customer(request, known?.token), known);
    } catch (error) {
      const { code } = parseHubError(error);
      if (known === undefined || (code !== ErrorCodes.forbidden && code !== ErrorCodes.invalid)) {
        throw error;
      }
      // The old token is no good any more, after a month away for example: a new customer, who has no chat yet.
      return this.#keep(await api.customer(request), known);
    }
  }

  #keep(fresh: Customer, before: Customer | undefined): Customer {
    const { customerId, token, expiresAt, verified } = fresh;
    const now = this.known;
    if (before === undefined && now !== undefined && !verified) {
      // Another tab was first; one browser is one customer.
      return now;
    }
    const customer: Customer = { customerId, token, expiresAt, verified };
    this.#options.storage.setItem(this.#options.name, JSON.stringify(customer));
    return customer;
  }
}
