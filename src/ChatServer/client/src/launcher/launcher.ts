import { languageOf } from '@copilot/shop-page/language';
import type { ChatHandle, OpenRequest } from '../chat';
import { enLauncher } from '../locales/en';
import { nlLauncher } from '../locales/nl';
import { keptNames } from './kept-names';
import { LauncherButton } from './launcher-button';
import { readSettings } from './page-settings';

/** The file of the chat, known only when it has been built. */
declare const CHAT_FILE: string;

/** What a shop's own scripts may call. */
export interface CoPilotApi {
  /** Opens the chat, on a topic if one is given. */
  open(request?: OpenRequest): void;
  /** Forgets the customer on this browser, as a shop does when somebody signs out. */
  forget(): void;
}

declare global {
  interface Window {
    CoPilot?: CoPilotApi;
  }
}

function start(script: HTMLScriptElement): void {
  const settings = readSettings(script);
  const names = keptNames(settings.site);
  const words = languageOf(settings.locale) === 'nl' ? nlLauncher : enLauncher;
  const button = new LauncherButton(words, settings.locale, () => void toggle());
  let loading: Promise<ChatHandle> | undefined;
  let attempts = 0;
  let isThere = false;

  const load = (): Promise<ChatHandle> => (loading ??= fetchChat());
  const fetchScript = (): Promise<typeof import('../chat')> => {
    // A browser may remember a failed import by its address, so another attempt has another one.
    const again = attempts === 0 ? '' : `?${attempts}`;
    attempts += 1;
    return import(settings.server + CHAT_FILE + again) as Promise<typeof import('../chat')>;
  };
  const fetchChat = async (): Promise<ChatHandle> => {
    try {
      const chat = (await fetchScript()).mount(settings, button);
      isThere = true;
      return chat;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  const use = async (action: (chat: ChatHandle) => void): Promise<void> => {
    button.setLoading(true);
    try {
      const chat = await load();
      button.setLoading(false);
      action(chat);
    } catch {
      button.setLoading(false);
      button.setFailed();
    }
  };
  const toggle = () => {
    // Who presses before the chat is there wants it open, also where it opens by itself because it was open on the page before.
    const wasThere = isThere;
    return use((chat) => {
      if (wasThere) {
        chat.toggle();
      } else {
        chat.open();
      }
    });
  };
  const open = (request?: OpenRequest) =>
    use((chat) => {
      chat.open(request);
    });

  window.CoPilot = {
    open: (request) => void open(request),
    forget: () => {
      forgetKept(names.prefix);
      void loading?.then((chat) => {
        chat.forget();
      });
    },
  };
  // Any element of the page may open the chat without a script of the shop's own: data-copilot-open="orders".
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copilot-open]') : null;
    if (opener) {
      const topic = opener.dataset['copilotOpen'];
      void open(topic ? { topic } : undefined);
    }
  });
  resumeWhereLeft();
  const place = document.querySelector<HTMLElement>('[data-copilot-callback]');
  if (place) {
    fetchScript().then(
      (chat) => {
        chat.manage(settings, place);
      },
      () => {
        place.textContent = words.failed;
      },
    );
  }

  /** After a reload, and when another tab starts a chat. Without a chat nothing is loaded or sent. */
  function resumeWhereLeft(): void {
    window.addEventListener('storage', (event) => {
      if (event.key === names.chat && event.newValue !== null) {
        load().catch(() => undefined);
      }
    });
    try {
      // A chat whose end was seen (see KeptChat) wakes the page only where its panel was left open.
      const kept = localStorage.getItem(names.chat);
      const isLive = kept !== null && !kept.includes('"endedAt"');
      // So does a call-back, which needs nobody to look on.
      const isShown = sessionStorage.getItem(names.panel) !== null;
      if (isLive || (isShown && (kept ?? localStorage.getItem(names.callbacks)) !== null)) {
        load().catch(() => undefined);
      }
    } catch {
      // Storage is blocked: then there is nothing to resume.
    }
  }
}

function forgetKept(prefix: string): void {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      localStorage.removeItem(name);
    }
  } catch {
    // Storage is blocked: nothing was kept.
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && window.CoPilot === undefined) {
  // A script without `async` in the head runs before there is a body to put the button into.
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => {
      start(script);
    });
  } else {
    start(script);
  }
}
