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
  /** Call it before rows are added above. */
  readonly holdPlace: () => void;
  /** Call it after they were laid out: what was read stays where it was. */
  readonly restorePlace: () => void;
}

/** Keeps a log at its end while it grows, unless the person has scrolled away from it. */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  /** Where the log was scrolled to when last seen. */
  const top = useRef(0);
  const held = useRef<number>(undefined);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) {
      stuck.current = true;
      element.scrollTop = element.scrollHeight;
      top.current = element.scrollTop;
      setAtEnd(true);
    }
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element) {
      const reached = element.scrollHeight - element.scrollTop - element.clientHeight <= slackPx;
      // Only a person moves up. Away from the end without that means that the log just grew and has not been followed yet.
      const movedUp = element.scrollTop < top.current - 1;
      top.current = element.scrollTop;
      stuck.current = reached || (stuck.current && !movedUp);
      setAtEnd(stuck.current);
    }
  }, []);

  const holdPlace = useCallback(() => {
    const element = scroller.current;
    held.current = element ? element.scrollHeight - element.scrollTop : undefined;
  }, []);

  const restorePlace = useCallback(() => {
    const element = scroller.current;
    if (element && held.current !== undefined) {
      element.scrollTop = element.scrollHeight - held.current;
      held.current = undefined;
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

  return { scroller, content, atEnd, onScroll, toEnd, holdPlace, restorePlace };
}
