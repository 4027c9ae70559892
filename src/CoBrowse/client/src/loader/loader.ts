import { onJoinRequest } from '@copilot/shop-page/join-request';
import { languageOf } from '@copilot/shop-page/language';
import { type PageSettings, readPageSettings } from '@copilot/shop-page/page-settings';
import { enLoader } from '../locales/en';
import { nlLoader } from '../locales/nl';
import { keptName } from '../session/kept-name';

/** The file of the script by language, known only when it has been built. */
declare const SCRIPT_FILES: Readonly<Record<'en' | 'nl', string>>;

export type Load = (url: string) => Promise<{
  mount(settings: PageSettings): Mounted;
}>;

/** Co-Pilot on this page. */
export interface Mounted {
  /** Places for the code; those that have their field already stay as they are. */
  fill(places: readonly HTMLElement[]): void;
  /** Rejects with a `CallError`. */
  join(code: string): Promise<void>;
}

/**
 * Loads Co-Pilot where it has something to do: on the page that holds a place for the code, and on pages of a tab that has a session. On all
 * others it looks at two things and waits for the chat, and for a place that the shop's scripts make later. Framed it never begins: whoever frames the shop could lay anything over the question.
 */
export async function loadWhereNeeded(settings: PageSettings, file: string, load: Load): Promise<void> {
  if (window.top !== window) {
    return;
  }
  let mounted: Promise<Mounted> | undefined;
  const begin = () =>
    (mounted ??= fetchScript(settings.server + file, load).then(
      (script) => script.mount(settings),
      (error: unknown) => {
        mounted = undefined;
        throw error;
      },
    ));
  // The chat hands over the code of an invitation that the customer clicked.
  onJoinRequest(settings.site, async (code) => (await begin()).join(code));
  const look = async () => {
    const places = [...document.querySelectorAll<HTMLElement>('[data-copilot-code]')];
    try {
      if (places.length > 0) {
        (await begin()).fill(places);
      } else if (hasSession(settings.site)) {
        await begin();
      }
    } catch {
      const words = languageOf(settings.locale) === 'nl' ? nlLoader : enLoader;
      for (const place of places) {
        place.textContent = words.failed;
      }
    }
  };
  window.addEventListener('copilot-place', () => void look());
  // A shop that changes pages without loading them has written the new one by the frame after.
  (window as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', () => {
    requestAnimationFrame(() => requestAnimationFrame(() => void look()));
  });
  await look();
}

/** A browser may remember a failed import by its address, so another attempt has another one. */
function fetchScript(url: string, load: Load): ReturnType<Load> {
  return load(url).catch(() => load(`${url}?1`));
}

function hasSession(site: string): boolean {
  try {
    return sessionStorage.getItem(keptName(site)) !== null;
  } catch {
    return false; // Storage is blocked: then there is nothing to go on with.
  }
}

export function startLoader(script: HTMLScriptElement): void {
  const settings = readPageSettings(script);
  const begin = () => {
    const file = SCRIPT_FILES[languageOf(settings.locale) === 'nl' ? 'nl' : 'en'];
    void loadWhereNeeded(settings, file, (url) => import(url) as ReturnType<Load>);
  };
  // A page that is only prepared would take the session away from the one that is being looked at.
  const beginWhenSeen = () => {
    if ((document as { prerendering?: boolean }).prerendering === true) {
      document.addEventListener('prerenderingchange', begin, { once: true });
    } else {
      begin();
    }
  };
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', beginWhenSeen);
  } else {
    beginWhenSeen();
  }
}
