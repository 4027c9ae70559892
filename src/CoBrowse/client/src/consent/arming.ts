/** Long enough for a click that was meant for the page below to be over. */
const ARMED_AFTER_MS = 600;

/**
 * Lets a click count only when a person can have seen what they click: a moment after it was shown, and after the window last got the focus.
 */
export class Arming {
  isArmed = false;
  readonly #onChange: () => void;
  readonly #listening = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    const { signal } = this.#listening;
    window.addEventListener('focus', this.restart, { signal });
    window.addEventListener('blur', this.restart, { signal });
    document.addEventListener('visibilitychange', this.restart, { signal });
    this.restart();
  }

  stop(): void {
    this.#listening.abort();
    clearTimeout(this.#timer);
    this.isArmed = false;
  }

  readonly restart = (): void => {
    clearTimeout(this.#timer);
    this.#set(false);
    if (document.hasFocus() && document.visibilityState === 'visible') {
      this.#timer = setTimeout(() => {
        this.#set(document.hasFocus());
      }, ARMED_AFTER_MS);
    }
  };

  #set(isArmed: boolean): void {
    if (this.isArmed !== isArmed) {
      this.isArmed = isArmed;
      this.#onChange();
    }
  }
}
