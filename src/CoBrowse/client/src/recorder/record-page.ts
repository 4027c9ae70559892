import { DomRecorder } from './dom/dom-recorder';
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

/** Records the page that it runs in, with the sanitizer between the recorder and everything else. Throws when the page cannot be read. */
export function recordPage(options: RecordingOptions): PageRecording {
  const { shownSelectors, mayRecord, emit, onTooLarge, onError } = options;
  const running = { isStopped: false };
  // Only now does the page know how large a picture is, and what is in a sheet.
  const onLoad = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement || target instanceof HTMLLinkElement) {
      send(() => sanitizer.judgeAnew(mirror.getId(target), Math.trunc(Date.now())));
    }
  };
  const recorder = new DomRecorder(
    (event) => {
      send(() => sanitizer.sanitize(event));
    },
    onLoad,
    onError,
  );
  const { mirror } = recorder;
  const sanitizer = new PageSanitizer(new LivePage(document, mirror, shownSelectors));

  const read = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof PageTooLargeError)) {
        throw error;
      }
      stop();
      onTooLarge();
    }
  };

  const send = (sanitize: () => SafeEvent | undefined): void => {
    try {
      read(() => {
        const safe = running.isStopped || !mayRecord() ? undefined : sanitize();
        if (safe) {
          emit(safe);
        }
      });
    } catch (error) {
      onError(error);
    }
  };

  function stop(): void {
    running.isStopped = true;
    recorder.stop();
  }

  try {
    read(() => {
      recorder.start();
    });
  } catch (error) {
    stop();
    throw error;
  }
  if (running.isStopped) {
    stop(); // The first snapshot was too large already.
  }

  return {
    takeSnapshot: () => {
      if (!running.isStopped && mayRecord()) {
        read(() => {
          recorder.takeSnapshot();
        });
      }
    },
    nodeOf: (id) => {
      const node = mirror.getNode(id);
      return node instanceof Element && node.isConnected ? node : undefined;
    },
    stop,
  };
}
