import { VisuallyHidden } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';
import { safeUrl } from '../conversation/linkify';
import classes from './CustomerPanel.module.css';

/** The page that the customer came from. It is the customer's word: a link only when it leads to a web page, and never with our address as referrer. */
export function PageLink({ url }: { url: string }) {
  const m = useMessages();
  const safe = safeUrl(url);
  if (!safe) {
    return <bdi className={classes.url}>{url}</bdi>;
  }
  return (
    <a href={safe.href} target="_blank" rel="noopener noreferrer" className={classes.url}>
      <bdi>{safe.host + safe.pathname}</bdi>
      <VisuallyHidden> {m.customer.newWindow}</VisuallyHidden>
    </a>
  );
}
