import { Loader } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';
import classes from './Log.module.css';

export function LogLoading() {
  const m = useMessages();
  return (
    <div className={classes.state} role="status">
      <Loader size="sm" aria-hidden />
      {m.conversation.loading}
    </div>
  );
}
