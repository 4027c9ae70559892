import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';
import { LocalPhases } from './CoPilotState';

interface CardFocus {
  readonly ref: RefObject<HTMLElement | null>;
  readonly onFocus: () => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/**
 * Brings the focus to a card that the agent asked for, and keeps it there when a change takes away the button that had it: a reader would
 * else be thrown back to the top of the page.
 */
export function useCardFocus(mayTakeFocus: boolean, phase: string): CardFocus {
  const ref = useRef<HTMLElement | null>(null);
  const hadFocus = useRef(false);
  const isFirst = useRef(mayTakeFocus && phase === LocalPhases.asking);
  useEffect(() => {
    // A card that comes back, after the page was shown in its place, takes it only when nothing else has it.
    if (isFirst.current || (mayTakeFocus && document.activeElement === document.body)) {
      ref.current?.focus();
      ref.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [mayTakeFocus]);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) {
      ref.current?.focus();
    }
  }, [phase]);
  return {
    ref,
    onFocus: () => {
      hadFocus.current = true;
    },
    onBlur: (event) => {
      // To nothing at all when the element that had it is gone.
      hadFocus.current = event.relatedTarget === null;
    },
  };
}
