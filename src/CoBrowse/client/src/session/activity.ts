const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

export interface Activity {
  /** Whether the customer did anything since this was asked last. */
  take(): boolean;
  stop(): void;
}

/**
 * Only what a person did counts: a page that moves by itself would keep a forgotten session alive. Scrolling therefore does not: browsers trust
 * it also when a script did it, and a person who scrolls gives one of the other signs.
 */
export function watchActivity(): Activity {
  const listening = new AbortController();
  let isActive = true;
  for (const sign of SIGNS) {
    window.addEventListener(
      sign,
      (event) => {
        isActive ||= event.isTrusted;
      },
      { capture: true, passive: true, signal: listening.signal },
    );
  }
  return {
    take: () => {
      const was = isActive;
      isActive = false;
      return was;
    },
    stop: () => {
      listening.abort();
    },
  };
}
