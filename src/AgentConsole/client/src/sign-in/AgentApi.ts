import type { AgentProfileResult, Problem, SignInRequest, SignInResult } from '@copilot/contracts';
import type { ServerClock } from '../clock/ServerClock';

/** `unreachable` means that no answer came: nothing is known about the outcome. */
export type ApiRefusal = 'unauthorized' | 'locked' | 'invalid' | 'unreachable' | 'failed';

export type ApiAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: ApiRefusal };

/** The agents' HTTP calls. The session is an HttpOnly cookie; the token in the answers is for clients without one and dropped here. */
export class AgentApi {
  private readonly clock: ServerClock;
  private readonly fetch: typeof fetch;

  constructor(clock: ServerClock, fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.clock = clock;
    this.fetch = fetcher;
  }

  me(): Promise<ApiAnswer<AgentProfileResult>> {
    return this.ask<AgentProfileResult>('GET', 'me');
  }

  async signIn(request: SignInRequest): Promise<ApiAnswer<undefined>> {
    return withoutToken(await this.ask<SignInResult>('POST', 'sign-in', request));
  }

  async renew(): Promise<ApiAnswer<undefined>> {
    return withoutToken(await this.ask<SignInResult>('POST', 'renew'));
  }

  signOut(): Promise<ApiAnswer<undefined>> {
    return this.ask<undefined>('POST', 'sign-out');
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<ApiAnswer<T>> {
    const askedAt = this.clock.local();
    let response: Response;
    try {
      response = await this.fetch(`/api/agents/${path}`, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
      this.clock.observe(Date.parse(response.headers.get('date') ?? ''), askedAt, 1000);
      if (response.ok) {
        return { ok: true, value: (response.status === 204 ? undefined : await response.json()) as T };
      }
    } catch {
      return { ok: false, refusal: 'unreachable' };
    }
    return { ok: false, refusal: await refusalOf(response) };
  }
}

function withoutToken(answer: ApiAnswer<SignInResult>): ApiAnswer<undefined> {
  return answer.ok ? { ok: true, value: undefined } : answer;
}

async function refusalOf(response: Response): Promise<ApiRefusal> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  if (problem.code === 'rate_limited' || response.status === 423 || response.status === 429) {
    return 'locked';
  }
  if (response.status === 401) {
    return 'unauthorized';
  }
  if (response.status >= 502) {
    return 'unreachable';
  }
  return response.status === 400 ? 'invalid' : 'failed';
}
