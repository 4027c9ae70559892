import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import type { PreferenceStore } from '../preferences/PreferenceStore';
import { useStore } from '../stores/useStore';
import type { Messages } from './en';
import { Formats } from './Formats';
import { type Locale, locales } from './locales';

interface LocaleValue {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly formats: Formats;
}

const LocaleContext = createContext<LocaleValue>({
  locale: 'en',
  messages: locales.en,
  formats: new Formats('en', locales.en),
});

export function LocaleProvider({ preferences, children }: { preferences: PreferenceStore; children: ReactNode }) {
  const locale = useStore(preferences.state, (state) => state.locale);
  const value = useMemo(
    () => ({ locale, messages: locales[locale], formats: new Formats(regional(locale), locales[locale]) }),
    [locale],
  );
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

/** The agent's own region of the language, such as en-GB with its 24 hours, where the browser names one. */
function regional(locale: Locale): string {
  return navigator.languages.find((language) => language.startsWith(`${locale}-`)) ?? locale;
}

export function useLocale(): Locale {
  return use(LocaleContext).locale;
}

export function useMessages(): Messages {
  return use(LocaleContext).messages;
}

export function useFormats(): Formats {
  return use(LocaleContext).formats;
}
