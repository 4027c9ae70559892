import { Text } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';

export function NoLines() {
  return (
    <Text size="sm" c="dimmed">
      {useMessages().supervision.lines.empty}
    </Text>
  );
}
