import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import type { Messages } from '../locales/en';
import { useStore } from '../stores/useStore';
import type { SignInState } from './SignInStore';
import { SignInFrame } from './SignInFrame';

export function SignInPage() {
  const { signIn } = useApp();
  const m = useMessages();
  const state = useStore(signIn.state);
  const busy = state.phase === 'signed_out' && state.busy;
  const problem = problemText(state, m);
  const remark = remarkText(state, m);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (problem !== undefined) {
      passwordField.current?.select();
    }
  }, [problem, busy]);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void signIn.signIn(email.trim(), password);
  };

  return (
    <SignInFrame>
      <form onSubmit={submit} method="post" action="/api/agents/sign-in">
        <Stack gap="md">
          <div>
            <Title order={1} size="h3">
              {m.signIn.title}
            </Title>
            <Text c="dimmed" size="sm">
              {m.signIn.subtitle}
            </Text>
          </div>
          {problem === undefined && remark !== undefined && (
            <Alert role="status" variant="light">
              {remark}
            </Alert>
          )}
          {problem !== undefined && (
            <Alert role="alert" color="red" variant="light" id="sign-in-problem">
              {problem}
            </Alert>
          )}
          <TextInput
            label={m.signIn.email}
            name="email"
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value);
            }}
          />
          <PasswordInput
            ref={passwordField}
            label={m.signIn.password}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            aria-describedby={problem === undefined ? undefined : 'sign-in-problem'}
            visibilityToggleButtonProps={{ 'aria-label': m.signIn.showPassword }}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
          <Button type="submit" loading={busy} fullWidth mt="xs">
            {m.signIn.submit}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}

function problemText(state: SignInState, m: Messages): string | undefined {
  switch (state.phase === 'signed_out' ? state.problem : undefined) {
    case undefined:
      return undefined;
    case 'unauthorized':
    case 'invalid':
      return m.signIn.wrong;
    case 'locked':
      return m.signIn.locked;
    case 'unreachable':
      return m.signIn.unreachable;
    case 'failed':
      return m.signIn.failed;
  }
}

function remarkText(state: SignInState, m: Messages): string | undefined {
  if (state.phase !== 'signed_out' || state.ended === undefined) {
    return undefined;
  }
  return state.ended === 'expired' ? m.signIn.expired : m.signIn.signedOut;
}
