import { useEffect, useEffectEvent } from 'react';
import { mayRepeat, type ShortcutId, shortcutOf, shortcuts } from './shortcuts';

/** Listens for shortcuts while the component is there. An undefined handler leaves the key to the browser. */
export function useShortcuts(handlers: Partial<Record<ShortcutId, (() => void) | undefined>>): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const id = shortcutOf(event);
    const handler = id && handlers[id];
    if (!id || !handler || (!shortcuts[id].overDialogs && isDialogOpen())) {
      return;
    }
    event.preventDefault();
    if (!event.repeat || mayRepeat(id)) {
      handler();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      handle(event);
    };
    addEventListener('keydown', listener);
    return () => {
      removeEventListener('keydown', listener);
    };
  }, []);
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
