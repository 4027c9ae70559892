import { record } from '@rrweb/record';
import type { SafeEvent } from './sanitizing/events';
import { PageTooLargeError } from './sanitizing/events';
import { LivePage } from './sanitizing/live-page';
import { PageSanitizer } from './sanitizing/page-sanitizer';

export interface PageRecording {
  /** Sends the whole page anew. */
  takeSnapshot(): void;
  nodeOf(id: number): Element | undefined;
  /** Nothing is heard of the page afterwards. */
  stop(): void;
}

export interface RecordingOptions {
  readonly shownSelectors: readonly string[];
  /** Asked before each record; what comes while it may not is not kept for later. */
  readonly mayRecord: () => boolean;
  /** Gets only what may leave the page. */
  readonly emit: (event: SafeEvent) => void;
  /** The page cannot be carried; the recording has stopped. */
  readonly onTooLarge: () => void;
  /** Of the recorder or the sanitizer; the page never hears of it, and what it was about is not sent. */
  readonly onError: (error: unknown) => void;
}

/** Records the page that it runs in, with the sanitizer between the recorder and everything else. */
export function recordPage(options: RecordingOptions): PageRecording {
  const { shownSelectors, mayRecord, emit, onTooLarge, onError } = options;
  const sanitizer = new PageSanitizer(new LivePage(document, record.mirror, shownSelectors));
  const running: { stop?: (() => void) | undefined; isStopped: boolean } = { isStopped: false };

  const send = (sanitize: () => SafeEvent | undefined): void => {
    try {
      if (running.isStopped || !mayRecord()) {
        return;
      }

      const safe = sanitize();
      if (safe) {
        emit(safe);
      }
    } catch (error) {
      if (error instanceof PageTooLargeError) {
        stop();
        onTooLarge();
      } else {
        onError(error);
      }
    }
  };

  // Only now does the page know how large a picture is; boxes keep the size that they were sent with.
  const onLoad = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement) {
      send(() => sanitizer.judgeAnew(record.mirror.getId(target), Date.now()));
    }
  };

  function stop(): void {
    running.isStopped = true;
    running.stop?.();
    document.removeEventListener('load', onLoad, true);
  }

  document.addEventListener('load', onLoad, true);
  running.stop = record({
    emit: (event) => {
      send(() => sanitizer.sanitize(event));
    },
    errorHandler: (error) => {
      // What the browser throws came through a function of the page's that is listened to: it must get what it would have got.
      const isOfPage = error instanceof DOMException;
      onError(error);
      return !isOfPage;
    },
    // What is never sent need not be recorded.
    maskAllInputs: true,
    slimDOMOptions: 'all',
    blockSelector: 'iframe',
    sampling: { mousemove: false, mouseInteraction: false, scroll: 100, input: 'last' },
    recordCanvas: false,
    collectFonts: false,
    inlineImages: false,
    recordCrossOriginIframes: false,
  });
  if (!running.stop) {
    stop();
    throw new Error('The recorder did not begin.'); // It has said so in the console, and catches all by itself.
  }
  if (running.isStopped) {
    stop(); // The first snapshot was too large already.
  }

  return {
    takeSnapshot: () => {
      if (!running.isStopped && mayRecord()) {
        record.takeFullSnapshot();
      }
    },
    nodeOf: (id) => {
      const node = record.mirror.getNode(id);
      return node instanceof Element && node.isConnected ? node : undefined;
    },
    stop,
  };
}
