import { Button } from '@mantine/core';
import { IconAlertCircle, IconClock, IconLock } from '@tabler/icons-react';
import { EntryKinds, type OutboxItem } from '@copilot/contracts';
import { errorText } from '../connection/errorText';
import { useMessages } from '../locales/LocaleContext';
import classes from './Message.module.css';
import { MessageText } from './MessageText';

interface UnsentRowProps {
  readonly item: OutboxItem;
  readonly isConnected: boolean;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

/** Something written here that the log does not show yet. */
export function UnsentRow({ item, isConnected, onRetry, onDiscard }: UnsentRowProps) {
  const m = useMessages();
  const isNote = item.kind === EntryKinds.note;
  const failed = item.state === 'failed';
  return (
    <article className={classes.row} data-side="own" data-note={isNote || undefined} data-unsent data-first>
      <div className={classes.bubble} data-failed={failed || undefined}>
        {isNote && (
          <div className={classes.noteLabel}>
            <IconLock size={13} aria-hidden /> {m.conversation.noteLabel}
          </div>
        )}
        <MessageText text={item.text} />
        {!failed && (
          <div className={classes.foot}>
            <IconClock size={14} aria-hidden />
            {item.state === 'sending' && isConnected
              ? m.conversation.sending
              : item.state === 'sent'
                ? m.conversation.sent
                : item.state === 'held'
                  ? m.conversation.held
                  : m.conversation.waiting}
          </div>
        )}
        {failed && (
          <div className={classes.failure} role="alert">
            <span className={classes.failureText}>
              <IconAlertCircle size={15} aria-hidden /> {m.conversation.failedMessage}. {errorText(item.error?.code, m)}
            </span>
            <Button size="compact-xs" variant="default" onClick={onRetry}>
              {m.conversation.tryAgain}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onDiscard}>
              {m.conversation.discard}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}
