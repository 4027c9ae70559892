import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Fractions of pixels and a line's rounding still count as the end. */
const slackPx = 24;

export interface StickToEnd {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** The end of the log is on the screen. */
  readonly atEnd: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/** Keeps a log at its end while it grows, unless the person has scrolled away from it. */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) {
      stuck.current = true;
      element.scrollTop = element.scrollHeight;
      setAtEnd(true);
    }
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element) {
      stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight <= slackPx;
      setAtEnd(stuck.current);
    }
  }, []);

  useLayoutEffect(toEnd, [toEnd]);

  useEffect(() => {
    // Either may change: new messages below, a composer that grows, a phone's keyboard.
    const observer = new ResizeObserver(() => {
      if (stuck.current) {
        toEnd();
      }
    });
    for (const element of [scroller.current, content.current]) {
      if (element) {
        observer.observe(element);
      }
    }
    return () => {
      observer.disconnect();
    };
  }, [toEnd]);

  return { scroller, content, atEnd, onScroll, toEnd };
}
