/** What a page says to our scripts, read once from a script's tag. */
export interface PageSettings {
  /** Where the script came from, with a slash at the end. */
  readonly server: string;
  readonly site: string;
  /** Such as `nl` or `en-GB`; words and dates follow it. */
  readonly locale: string;
  /** Asks the shop who is signed in: a JWT, or nothing for an anonymous customer. */
  readonly identityToken: () => Promise<string | undefined>;
}

/**
 * `data-site`; `data-locale` (else `<html lang>`); `data-identity-token` (the name of a global function that answers a token or a promise
 * of one).
 */
export function readPageSettings(script: HTMLScriptElement): PageSettings {
  const { site, locale, identityToken } = script.dataset;
  return {
    server: new URL('.', script.src).href,
    site: site ?? '',
    locale: knownLocale(locale ?? document.documentElement.lang),
    identityToken: async () => {
      const ask =
        identityToken === undefined ? undefined : (window as unknown as Record<string, unknown>)[identityToken];
      const token: unknown = typeof ask === 'function' ? await (ask as () => unknown)() : undefined;
      return typeof token === 'string' && token !== '' ? token : undefined;
    },
  };
}

/** A tag that the browser cannot read would throw in every date, so it falls back. */
function knownLocale(tag: string): string {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return 'en';
  }
}
