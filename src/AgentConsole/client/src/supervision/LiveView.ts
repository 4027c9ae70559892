import { type AgentProfileResult, Roles } from '@copilot/contracts';
import type { ChatStore } from '../contacts/ChatStore';
import { Cleanup } from '../stores/Cleanup';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';

const key = 'live';

/** Whether a supervisor looks at the whole site instead of a contact of their own. A reload does not change it; opening a contact does. */
export class LiveView {
  readonly isOpen: Store<boolean>;
  readonly isAllowed: boolean;
  private readonly chats: ChatStore;
  private readonly keep: Keep;
  private readonly cleanup = new Cleanup();

  constructor(profile: AgentProfileResult, chats: ChatStore, keep: Keep) {
    this.chats = chats;
    this.keep = keep;
    this.isAllowed = profile.role === Roles.supervisor;
    this.isOpen = new Store(this.isAllowed && keep.read(key) !== null && chats.state.get().selectedId === undefined);
    this.cleanup.add(
      chats.state.subscribe(() => {
        if (this.isOpen.get() && chats.state.get().selectedId !== undefined) {
          this.close();
        }
      }),
    );
  }

  open(): void {
    if (this.isAllowed) {
      this.chats.select(undefined);
      this.keep.write(key, 'open');
      this.isOpen.set(true);
    }
  }

  close(): void {
    this.keep.remove(key);
    this.isOpen.set(false);
  }

  dispose(): void {
    this.cleanup.run();
  }
}
