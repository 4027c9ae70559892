import {
  CallError,
  type CallbackTimesResult,
  type ContactOptionsResult,
  type CustomerTokenRequest,
  type CustomerTokenResult,
  DISCONNECTED,
  ErrorCodes,
  type Problem,
} from '@copilot/contracts';

const PATIENCE_MS = 10_000;

/** The server's HTTP calls for customers. They reject with a `CallError`, as hub calls do. */
export class ServerApi {
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  /** A new customer, or with the old token the same one again. */
  customer(request: CustomerTokenRequest, token?: string): Promise<CustomerTokenResult> {
    return this.#call<CustomerTokenResult>('api/customers', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
  }

  contactOptions(site: string, topic: string): Promise<ContactOptionsResult> {
    return this.#call<ContactOptionsResult>(
      `api/contact-options?${new URLSearchParams({ site, topic }).toString()}`,
      {},
    );
  }

  /** Times at which a customer can be called. `from`: the first one to answer; now where it is absent. */
  callbackTimes(site: string, topic: string, from?: string): Promise<CallbackTimesResult> {
    const query = new URLSearchParams({ site, topic, ...(from === undefined ? {} : { from }) });
    return this.#call<CallbackTimesResult>(`api/callback-times?${query.toString()}`, {});
  }

  async #call<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.#server + path, {
        ...init,
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new CallError({ code: DISCONNECTED, text: 'The server could not be reached.' });
    }
    if (!response.ok) {
      throw new CallError({
        code: await codeOf(response),
        text: `${path.split('?')[0] ?? ''} was answered ${response.status}.`,
      });
    }
    return (await response.json()) as T;
  }
}

async function codeOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const byStatus = response.status === 401 ? ErrorCodes.forbidden : ErrorCodes.internal;
  return typeof problem.code === 'string' ? problem.code : byStatus;
}
