import { type CoPilotInvitedEvent, ErrorCodes, parseHubError } from '@copilot/contracts';

export interface InvitationState {
  readonly code: string;
  /** Co-Pilot is on this page, so that a click is enough; else the code is to be typed where it is. */
  readonly isHere: boolean;
  readonly isJoining: boolean;
  /** One of the wire's codes: why nothing came of the click. */
  readonly problem: string | undefined;
}

export interface InvitationOptions {
  readonly canJoin: () => boolean;
  readonly join: (code: string) => Promise<void>;
  readonly onChange: () => void;
}

/** What a code lives unless the server is told otherwise, for one that does not say how long. */
const USUAL_SECONDS = 300;

/** The agent's wish to look along, in this tab only: it is a hint, not a part of the conversation, and gone with the page. */
export class Invitation {
  state: InvitationState | undefined;
  private readonly options: InvitationOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSeen = false;

  constructor(options: InvitationOptions) {
    this.options = options;
  }

  /** There is one, and the customer has not looked since it came. */
  get isNews(): boolean {
    return this.state !== undefined && !this.isSeen;
  }

  received(
    { code, expiresInSeconds = USUAL_SECONDS }: Pick<CoPilotInvitedEvent, 'code' | 'expiresInSeconds'>,
    isWatched: boolean,
  ): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.drop();
    }, expiresInSeconds * 1_000);
    this.isSeen = isWatched;
    // The same once more while it is being accepted: a second click would use its code twice.
    const isJoining = this.state?.code === code && this.state.isJoining;
    this.change({ code, isHere: this.options.canJoin(), isJoining, problem: undefined });
  }

  seen(): void {
    this.isSeen = true;
  }

  async accept(): Promise<void> {
    const invited = this.state;
    if (!invited || invited.isJoining) {
      return;
    }
    this.change({ ...invited, isJoining: true, problem: undefined });
    const problem = await this.options.join(invited.code).then(
      () => undefined,
      (error: unknown) => parseHubError(error).code,
    );
    // Another one may have come meanwhile.
    if (this.state?.code !== invited.code) {
      return;
    }
    if (problem === undefined) {
      this.drop();
    } else {
      this.change({
        ...invited,
        isJoining: false,
        isHere: invited.isHere && problem !== ErrorCodes.forbidden,
        problem,
      });
    }
  }

  drop(): void {
    clearTimeout(this.timer);
    if (this.state) {
      this.change(undefined);
    }
  }

  private change(state: InvitationState | undefined): void {
    this.state = state;
    this.options.onChange();
  }
}
