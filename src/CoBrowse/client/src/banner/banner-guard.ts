/** As long as the banner may be out of sight before sharing stops. */
const PATIENCE_MS = 1_000;
const LOOK_EVERY_MS = 250;
/** A page that takes it away each time it comes back must not hang in a duel of observers. */
const RESTORE_EVERY_MS = 100;

export interface GuardedBanner {
  readonly isShown: () => boolean;
  /** Tries to bring it back into sight. */
  readonly restore: () => void;
  /** It was out of sight for too long. */
  readonly onLost: () => void;
}

/** Sees to it that nobody looks along behind a banner that cannot be seen. */
export class BannerGuard {
  readonly #banner: GuardedBanner;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #observer: MutationObserver;
  #lostSince: number | undefined;
  #restoredAt = -Infinity;

  constructor(banner: GuardedBanner) {
    this.#banner = banner;
    this.#timer = setInterval(this.#look, LOOK_EVERY_MS);
    this.#observer = new MutationObserver(this.#changed);
    this.#observer.observe(document.documentElement, { childList: true, attributes: true });
    document.addEventListener('fullscreenchange', this.#changed);
    this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#observer.disconnect();
    document.removeEventListener('fullscreenchange', this.#changed);
  }

  /** That it is back, the timer finds: while a page takes it away each time, it is there for a moment after each try. */
  readonly #changed = (): void => {
    if (!this.#banner.isShown()) {
      this.#look();
    }
  };

  readonly #look = (): void => {
    // Nothing is seen of a page in the background, and browsers may not lay it out.
    if (document.visibilityState !== 'visible' || this.#banner.isShown()) {
      this.#lostSince = undefined;
      return;
    }
    const now = performance.now();
    this.#lostSince ??= now;
    if (now - this.#lostSince >= PATIENCE_MS) {
      this.stop();
      this.#banner.onLost();
    } else if (now - this.#restoredAt >= RESTORE_EVERY_MS) {
      this.#restoredAt = now;
      this.#banner.restore();
    }
  };
}
