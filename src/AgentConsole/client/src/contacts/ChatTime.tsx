import { useServerNow } from '../app/AppContext';
import { type ConversationState, lastSaid, waitsSince } from '../conversation/ConversationState';
import { useFormats, useMessages } from '../locales/LocaleContext';
import classes from './ChatList.module.css';

/** How long the customer has been waiting for a reply, else when something was last said. */
export function ChatTime({ state }: { state: ConversationState }) {
  const waiting = waitsSince(state);
  const last = lastSaid(state);
  const m = useMessages();
  const formats = useFormats();
  if (state.phase === 'ended') {
    return <span className={classes.time}>{m.chats.ended}</span>;
  }
  if (waiting !== undefined) {
    return <WaitingTime since={waiting} />;
  }
  return last ? <time className={classes.time}>{formats.clock(last.sentAt)}</time> : null;
}

function WaitingTime({ since }: { since: string }) {
  const m = useMessages();
  const formats = useFormats();
  const seconds = (useServerNow() - Date.parse(since)) / 1000;
  return (
    <span className={classes.time} data-waits title={m.chats.waitsForReply}>
      {m.chats.waitsSince(formats.duration(seconds))}
    </span>
  );
}
