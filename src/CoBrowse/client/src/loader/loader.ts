import { languageOf } from '@copilot/shop-page/language';
import { type PageSettings, readPageSettings } from '@copilot/shop-page/page-settings';
import { enLoader } from '../locales/en';
import { nlLoader } from '../locales/nl';
import { keptName } from '../session/kept-name';

/** The file of the script by language, known only when it has been built. */
declare const SCRIPT_FILES: Readonly<Record<'en' | 'nl', string>>;

export type Load = (url: string) => Promise<{
  mount(settings: PageSettings, places: readonly HTMLElement[]): void;
}>;

/**
 * Loads Co-Pilot where it has something to do: on the page that holds a place for the code, and on pages of a tab that has a session. On all
 * others it looks at two things and is done. Framed it never begins: whoever frames the shop could lay anything over the question.
 */
export async function loadWhereNeeded(settings: PageSettings, file: string, load: Load): Promise<void> {
  const places = [...document.querySelectorAll<HTMLElement>('[data-copilot-code]')];
  if (window.top !== window || (places.length === 0 && !hasSession(settings.site))) {
    return;
  }
  try {
    // A browser may remember a failed import by its address, so another attempt has another one.
    const script = await load(settings.server + file).catch(() => load(`${settings.server}${file}?1`));
    script.mount(settings, places);
  } catch {
    const words = languageOf(settings.locale) === 'nl' ? nlLoader : enLoader;
    for (const place of places) {
      place.textContent = words.failed;
    }
  }
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
