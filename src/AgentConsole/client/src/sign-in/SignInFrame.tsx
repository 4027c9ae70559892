import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { AppearanceSwitch } from '../preferences/AppearanceSwitch';
import { LanguageSwitch } from '../preferences/LanguageSwitch';
import { Brand } from '../shell/Brand';
import classes from './SignIn.module.css';

/** The page around everything that is shown to somebody who is not signed in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <main className={classes.main}>
        <div className={classes.brand}>
          <Brand />
        </div>
        <Paper className={classes.card} withBorder radius="lg">
          {children}
        </Paper>
      </main>
      <footer className={classes.footer}>
        <LanguageSwitch />
        <AppearanceSwitch />
      </footer>
    </div>
  );
}
