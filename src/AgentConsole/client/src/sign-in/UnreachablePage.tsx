import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { SignInFrame } from './SignInFrame';

const retryMs = 5_000;

/** The page loaded and the server does not answer; it is asked again by itself. */
export function UnreachablePage() {
  const { signIn } = useApp();
  const m = useMessages();
  useEffect(() => {
    const timer = setInterval(() => {
      void signIn.look();
    }, retryMs);
    return () => {
      clearInterval(timer);
    };
  }, [signIn]);
  return (
    <SignInFrame>
      <Stack gap="md" role="status">
        <Title order={1} size="h3">
          {m.signIn.unreachableTitle}
        </Title>
        <Text c="dimmed" size="sm">
          {m.signIn.unreachableText}
        </Text>
        <Button variant="default" onClick={() => void signIn.look()}>
          {m.signIn.retry}
        </Button>
      </Stack>
    </SignInFrame>
  );
}
