import { record } from '@rrweb/record';
import type { SafeEvent } from './sanitizing/events';
import { PageTooLargeError } from './sanitizing/events';
import { LivePage } from './sanitizing/live-page';
import { PageSanitizer } from './sanitizing/page-sanitizer';

export interface PageRecording {
  /** Sends the whole page anew. */
  takeSnapshot(): void;
  /** Nothing is heard of the page afterwards. */
  stop(): void;
}

export interface RecordingOptions {
  readonly shownSelectors: readonly string[];
  /** Gets only what may leave the page. */
  readonly emit: (event: SafeEvent) => void;
  /** The page cannot be carried; the recording has stopped. */
  readonly onTooLarge: () => void;
  /** Of the recorder or the sanitizer; the page never hears of it, and what it was about is not sent. */
  readonly onError: (error: unknown) => void;
}

/** Records the page that it runs in, with the sanitizer between the recorder and everything else. */
export function recordPage({ shownSelectors, emit, onTooLarge, onError }: RecordingOptions): PageRecording {
  const sanitizer = new PageSanitizer(new LivePage(document, record.mirror, shownSelectors));
  const running: { stop?: (() => void) | undefined; isStopped: boolean } = { isStopped: false };

  const send = (sanitize: () => SafeEvent | undefined): void => {
    if (running.isStopped) {
      return;
    }

    try {
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
      onError(error);
      return true;
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
  if (running.isStopped) {
    stop(); // The first snapshot was too large already.
  }

  return {
    takeSnapshot: () => {
      if (!running.isStopped) {
        record.takeFullSnapshot();
      }
    },
    stop,
  };
}
