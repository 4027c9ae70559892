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
    () => ({ locale, messages: locales[locale], formats: new Formats(locale, locales[locale]) }),
    [locale],
  );
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

export function useMessages(): Messages {
  return use(LocaleContext).messages;
}

export function useFormats(): Formats {
  return use(LocaleContext).formats;
}
