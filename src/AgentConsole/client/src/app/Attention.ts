import { Cleanup } from '../stores/Cleanup';
import { Store } from '../stores/Store';

/** Whether somebody can be looking at this page: it is visible and its window has the focus. */
export class Attention {
  readonly state: Store<boolean>;
  private readonly cleanup = new Cleanup();

  constructor(page: Document, onReturn: () => void) {
    const looks = (): boolean => page.visibilityState === 'visible' && page.hasFocus();
    this.state = new Store(looks());
    const check = (): void => {
      const before = this.state.get();
      this.state.set(looks());
      if (!before && this.state.get()) {
        onReturn();
      }
    };
    this.cleanup.listen(page, 'visibilitychange', check);
    for (const event of ['focus', 'blur']) {
      this.cleanup.listen(page.defaultView ?? window, event, check);
    }
  }

  dispose(): void {
    this.cleanup.run();
  }
}
