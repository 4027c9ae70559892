import { TEXTS } from './locales/texts';
import { readMessage, VIEWER_VERSION, type FromViewer, type Scheme, type ToViewer } from './messages';
import { PageTools } from './page-tools';
import { PageView } from './page-view';
import { ViewSession } from './view-session';

const TICK = 1_000;

/**
 * The script of the viewer's page. It hears only the page that frames it, and of that only the origins which the server named; the first to say `open`
 * is the only one for as long as this page lives, and gets all answers.
 */
const consoles = new Set(
  (document.querySelector<HTMLMetaElement>('meta[name=copilot-console]')?.content ?? '').split(' '),
);
let take: ((message: ToViewer) => void) | undefined;
let partner: string | undefined;

window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
  if (source !== window.parent || source === window || !consoles.has(origin) || (partner ?? origin) !== origin) {
    return;
  }

  const message = readMessage(data);
  if (message?.type === 'open' && !take) {
    partner = origin;
    take = open(message, origin);
  } else if (message && message.type !== 'open') {
    take?.(message);
  }
});

function open(
  { version, language = 'en', scheme }: Extract<ToViewer, { type: 'open' }>,
  origin: string,
): ((message: ToViewer) => void) | undefined {
  const post = (message: FromViewer): void => {
    window.parent.postMessage(message, origin);
  };
  if (version !== VIEWER_VERSION) {
    post({ type: 'refused', version: VIEWER_VERSION });
    return undefined;
  }

  document.documentElement.lang = language;
  if (scheme) {
    paint(scheme);
  }

  const view = new PageView(document.body, TEXTS[language]);
  const tools = new PageTools(view, TEXTS[language], post);
  const session = new ViewSession(view, post, () => Date.now());
  // The Replayer applies in promises of its own; their failures surface here only.
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    session.fail();
  });
  setInterval(() => {
    session.tick();
  }, TICK);
  post({ type: 'ready', version: VIEWER_VERSION });
  return (message) => {
    if (message.type === 'tool') {
      tools.choose(message.tool);
    } else if (message.type === 'page') {
      view.name(message.path);
      if (message.viewport) {
        view.resize(message.viewport);
      }
    } else if (message.type === 'scheme') {
      paint(message.scheme);
    } else if (message.type !== 'open') {
      session.take(message);
    }
  };
}

/** Of what is around the page; the page's own stay as they are. */
function paint(scheme: Scheme): void {
  document.documentElement.dataset.scheme = scheme;
}
