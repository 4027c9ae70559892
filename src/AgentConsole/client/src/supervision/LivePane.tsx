import { Alert, Button, Loader } from '@mantine/core';
import { type ComponentType, createElement, useEffect } from 'react';
import { useMessages } from '../locales/LocaleContext';
import { Store } from '../stores/Store';
import { useStore } from '../stores/useStore';
import classes from './LivePane.module.css';

type Loaded = 'loading' | 'failed' | ComponentType;

/** The page is of no use to agents, so it comes when a supervisor first opens it. Once it is there it stays. */
const page = new Store<Loaded>('loading');

async function load(): Promise<void> {
  if (page.get() === 'failed') {
    page.set('loading');
  }
  try {
    const { LivePage } = await import('./LivePage');
    page.set(LivePage);
  } catch {
    page.set('failed');
  }
}

export function LivePane() {
  const m = useMessages();
  const loaded = useStore(page);
  useEffect(() => {
    void load();
  }, []);
  if (loaded === 'loading') {
    return (
      <div className={classes.center} role="status" aria-label={m.supervision.loading}>
        <Loader aria-hidden />
      </div>
    );
  }
  if (loaded === 'failed') {
    return (
      <div className={classes.center}>
        <Alert color="orange" role="alert" title={m.supervision.pageFailed}>
          <Button size="compact-sm" onClick={() => void load()}>
            {m.supervision.retry}
          </Button>
        </Alert>
      </div>
    );
  }
  return createElement(loaded);
}
