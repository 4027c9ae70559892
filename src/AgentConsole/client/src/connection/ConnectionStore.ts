import type { SessionState } from '@copilot/realtime';
import { Cleanup } from '../stores/Cleanup';
import { Store } from '../stores/Store';
import type { ChatHub } from './ChatHub';

export interface ConnectionState {
  readonly session: SessionState;
  /** What the browser says; it is only sure when it says that there is no network. */
  readonly online: boolean;
}

/** How the connection is, for the banner. */
export class ConnectionStore {
  readonly state: Store<ConnectionState>;
  private readonly cleanup = new Cleanup();

  constructor(hub: ChatHub, page: Window = window) {
    this.state = new Store<ConnectionState>({ session: hub.state, online: page.navigator.onLine });
    this.cleanup.add(
      hub.onState((session) => {
        this.state.update((state) => ({ ...state, session }));
      }),
    );
    for (const event of ['online', 'offline']) {
      this.cleanup.listen(page, event, () => {
        this.state.update((state) => ({ ...state, online: page.navigator.onLine }));
      });
    }
  }

  dispose(): void {
    this.cleanup.run();
  }
}
