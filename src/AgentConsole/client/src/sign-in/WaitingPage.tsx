import { Center, Loader, Stack, Text } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';

export function WaitingPage() {
  const m = useMessages();
  return (
    <Center h="100%" component="main">
      <Stack align="center" gap="sm" role="status">
        <Loader size="sm" aria-hidden />
        <Text c="dimmed" size="sm">
          {m.signIn.looking}
        </Text>
      </Stack>
    </Center>
  );
}
