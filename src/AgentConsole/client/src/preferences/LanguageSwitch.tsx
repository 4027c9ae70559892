import { SegmentedControl } from '@mantine/core';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { isLocale, locales } from '../locales/locales';
import { useStore } from '../stores/useStore';

const choices = Object.entries(locales).map(([value, messages]) => ({ value, label: messages.language }));

export function LanguageSwitch() {
  const { preferences } = useApp();
  const m = useMessages();
  const locale = useStore(preferences.state, (state) => state.locale);
  return (
    <SegmentedControl
      size="xs"
      aria-label={m.account.language}
      data={choices}
      value={locale}
      onChange={(value) => {
        if (isLocale(value)) {
          preferences.setLocale(value);
        }
      }}
    />
  );
}
