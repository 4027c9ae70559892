import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { LocaleProvider } from '../locales/LocaleContext';
import { LiveRegions } from '../notices/LiveRegions';
import { Shell } from '../shell/Shell';
import { SignInPage } from '../sign-in/SignInPage';
import { UnreachablePage } from '../sign-in/UnreachablePage';
import { WaitingPage } from '../sign-in/WaitingPage';
import { useStore } from '../stores/useStore';
import { AppContext, DeskContext } from './AppContext';
import type { ConsoleApp } from './ConsoleApp';
import { cssVariables, theme } from './theme';

const colorSchemes = localStorageColorSchemeManager({ key: 'copilot.console.appearance' });

export function Root({ app }: { app: ConsoleApp }) {
  return (
    <AppContext value={app}>
      <LocaleProvider preferences={app.preferences}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          colorSchemeManager={colorSchemes}
        >
          <LiveRegions announcer={app.announcer} />
          <Page app={app} />
        </MantineProvider>
      </LocaleProvider>
    </AppContext>
  );
}

function Page({ app }: { app: ConsoleApp }) {
  const phase = useStore(app.signIn.state, (state) => state.phase);
  const desk = useStore(app.desk);
  if (phase === 'unreachable') {
    return <UnreachablePage />;
  }
  if (phase === 'signed_out') {
    return <SignInPage />;
  }
  if (phase === 'looking' || !desk) {
    return <WaitingPage />;
  }
  return (
    <DeskContext value={desk}>
      <Shell />
    </DeskContext>
  );
}
