import type { AgentProfileResult } from '@copilot/contracts';
import type { ServerClock } from '../clock/ServerClock';
import { Store } from '../stores/Store';
import type { AgentApi, ApiRefusal } from './AgentApi';

export type SignInState =
  | { readonly phase: 'looking' }
  | {
      readonly phase: 'signed_out';
      readonly busy: boolean;
      readonly problem?: ApiRefusal;
      readonly ended?: 'expired' | 'signed_out';
    }
  | { readonly phase: 'unreachable' }
  | { readonly phase: 'signed_in'; readonly profile: AgentProfileResult };

/** A renewal that failed for want of a connection is tried again this soon. */
const renewalRetryMs = 30_000;

/** A timer of a browser cannot hold more than 2^31-1 ms; an hour is short enough and survives a computer's sleep. */
const longestTimerMs = 3_600_000;

/** Who is signed in. Renews the session half-way through what is left of it, so that no working day ends in a sign-in page. */
export class SignInStore {
  readonly state = new Store<SignInState>({ phase: 'looking' });
  private readonly api: AgentApi;
  private readonly clock: ServerClock;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewAt = 0;

  constructor(api: AgentApi, clock: ServerClock) {
    this.api = api;
    this.clock = clock;
  }

  /** Asks who the browser's cookie belongs to. */
  async look(): Promise<void> {
    const answer = await this.api.me();
    if (answer.ok) {
      this.enter(answer.value);
    } else if (answer.refusal === 'unreachable' || answer.refusal === 'failed') {
      this.state.set({ phase: 'unreachable' });
    } else {
      this.state.set({ phase: 'signed_out', busy: false });
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    this.state.set({ phase: 'signed_out', busy: true });
    const signedIn = await this.api.signIn({ email, password });
    const profile = signedIn.ok ? await this.api.me() : signedIn;
    if (profile.ok) {
      this.enter(profile.value);
    } else {
      this.state.set({ phase: 'signed_out', busy: false, problem: profile.refusal });
    }
  }

  /** False when no answer came: the cookie is still there, and claiming to be signed out would be a lie on a shared computer. */
  async signOut(): Promise<boolean> {
    const answer = await this.api.signOut();
    if (!answer.ok && answer.refusal !== 'unauthorized') {
      return false;
    }
    this.stopRenewing();
    this.state.set({ phase: 'signed_out', busy: false, ended: 'signed_out' });
    return true;
  }

  /** The server refused the connection: finds out whether the session is over. */
  async check(): Promise<void> {
    const answer = await this.api.me();
    if (!answer.ok && answer.refusal === 'unauthorized') {
      this.expire();
    }
  }

  /** Timers stand still while a computer sleeps; call this when the page is shown again. */
  wake(): void {
    if (this.state.get().phase === 'signed_in' && this.clock.now() >= this.renewAt) {
      void this.renew();
    }
  }

  dispose(): void {
    this.stopRenewing();
  }

  private enter(profile: AgentProfileResult): void {
    this.state.set({ phase: 'signed_in', profile });
    const left = Date.parse(profile.expiresAt) - this.clock.now();
    this.renewIn(Math.max(left / 2, renewalRetryMs));
  }

  private async renew(): Promise<void> {
    this.stopRenewing();
    const renewed = await this.api.renew();
    const profile = renewed.ok ? await this.api.me() : renewed;
    if (this.state.get().phase !== 'signed_in') {
      return;
    }
    if (profile.ok) {
      this.enter(profile.value);
    } else if (profile.refusal === 'unauthorized') {
      this.expire();
    } else {
      this.renewIn(renewalRetryMs);
    }
  }

  private expire(): void {
    this.stopRenewing();
    this.state.set({ phase: 'signed_out', busy: false, ended: 'expired' });
  }

  private renewIn(milliseconds: number): void {
    this.stopRenewing();
    this.renewAt = this.clock.now() + milliseconds;
    this.timer = setTimeout(
      () => {
        if (this.clock.now() >= this.renewAt) {
          void this.renew();
        } else {
          this.renewIn(this.renewAt - this.clock.now());
        }
      },
      Math.min(milliseconds, longestTimerMs),
    );
  }

  private stopRenewing(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
