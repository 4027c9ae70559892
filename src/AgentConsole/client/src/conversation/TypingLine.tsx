import type { Author } from '@copilot/contracts';
import { Roles } from '@copilot/contracts';
import { useMessages } from '../locales/LocaleContext';
import classes from './Log.module.css';

/** Always as high as one line, so that the log does not jump when somebody starts to type. */
export function TypingLine({ typing, customer }: { typing: Author | undefined; customer: string }) {
  const m = useMessages();
  const name = typing?.role === Roles.customer ? customer : (typing?.name ?? m.conversation.agent);
  return <div className={classes.typing}>{typing && <bdi>{m.conversation.typing(name)}</bdi>}</div>;
}
