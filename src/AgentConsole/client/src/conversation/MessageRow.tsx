import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconChecks, IconLock } from '@tabler/icons-react';
import { memo } from 'react';
import type { LogEntry } from '@copilot/contracts';
import { EntryKinds, Roles } from '@copilot/contracts';
import { noteText } from '../ending/dispositions';
import { useFormats, useMessages } from '../locales/LocaleContext';
import classes from './Message.module.css';
import { MessageText } from './MessageText';

interface MessageRowProps {
  readonly entry: LogEntry;
  readonly isFirst: boolean;
  readonly isOwn: boolean;
  readonly isRead: boolean;
  readonly customer: string;
}

/** A message or note in the log. Memoised: a new message must not render a thousand old ones. */
export const MessageRow = memo(function MessageRow({ entry, isFirst, isOwn, isRead, customer }: MessageRowProps) {
  const m = useMessages();
  const isNote = entry.kind === EntryKinds.note;
  const author = isOwn
    ? m.conversation.you
    : entry.author.role === Roles.customer
      ? customer
      : (entry.author.name ?? m.conversation.agent);
  return (
    <article
      className={classes.row}
      data-side={isOwn ? 'own' : entry.author.role === Roles.customer ? 'customer' : 'colleague'}
      data-note={isNote || undefined}
      data-first={isFirst || undefined}
    >
      <div className={classes.bubble}>
        {isNote && (
          <div className={classes.noteLabel}>
            <IconLock size={13} aria-hidden /> {m.conversation.noteLabel}
          </div>
        )}
        {isFirst && !isOwn ? (
          <div className={classes.author}>
            <bdi>{author}</bdi>
          </div>
        ) : (
          <VisuallyHidden component="div">
            <bdi>{author}</bdi>
          </VisuallyHidden>
        )}
        <MessageText text={isNote ? noteText(entry, m) : entry.text} />
        <MessageFoot entry={entry} isOwn={isOwn && !isNote} isRead={isRead} />
      </div>
    </article>
  );
});

function MessageFoot({ entry, isOwn, isRead }: { entry: LogEntry; isOwn: boolean; isRead: boolean }) {
  const m = useMessages();
  const formats = useFormats();
  const Icon = isRead ? IconChecks : IconCheck;
  const label = isRead ? m.conversation.read : m.conversation.sent;
  return (
    <div className={classes.foot}>
      <time dateTime={entry.sentAt} title={formats.moment(entry.sentAt)}>
        {formats.clock(entry.sentAt)}
      </time>
      {isOwn && <Icon size={15} role="img" aria-label={label} data-read={isRead || undefined} />}
    </div>
  );
}
