import { VisuallyHidden } from '@mantine/core';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { Announcer } from './Announcer';

/** Empty when the page loads, as live regions must be to be heard. A new key makes the same words twice two announcements. */
export function LiveRegions({ announcer }: { announcer: Announcer }) {
  const messages = useMessages();
  const polite = useStore(announcer.polite);
  const assertive = useStore(announcer.assertive);
  return (
    <VisuallyHidden>
      <div role="status">{polite && <span key={polite.id}>{polite.say(messages)}</span>}</div>
      <div role="alert">{assertive && <span key={assertive.id}>{assertive.say(messages)}</span>}</div>
    </VisuallyHidden>
  );
}
