import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';

export function AppearanceSwitch() {
  const m = useMessages();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices: { value: MantineColorScheme; label: string }[] = [
    { value: 'auto', label: m.account.auto },
    { value: 'light', label: m.account.light },
    { value: 'dark', label: m.account.dark },
  ];
  return (
    <SegmentedControl
      size="xs"
      aria-label={m.account.appearance}
      data={choices}
      value={colorScheme}
      onChange={setColorScheme}
    />
  );
}
