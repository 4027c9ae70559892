import { Skeleton, Text } from '@mantine/core';
import type { LineOverview } from '@copilot/contracts';
import { useId } from 'react';
import { errorText } from '../connection/errorText';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { LineContactRow } from './LineContactRow';
import classes from './LineContacts.module.css';
import { useLive } from './LiveContext';
import { chosenLine } from './LiveStore';

/** Who is in the chosen line, in its order. */
export function LineContactList({ line }: { line: LineOverview }) {
  const m = useMessages();
  const id = useId();
  const state = useStore(useLive().state);
  const known = chosenLine(state);
  const words = m.supervision.contacts;
  return (
    <section aria-labelledby={id} className={classes.section}>
      <p id={id} className={classes.heading}>
        {words.title(line.queue)}
      </p>
      {!known && state.problem !== undefined && (
        <Text size="sm" role="alert">
          {errorText(state.problem, m)}
        </Text>
      )}
      {!known && state.problem === undefined && (
        <div role="status" aria-label={words.loading}>
          <Skeleton height={40} />
        </div>
      )}
      {known?.contacts.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.empty}
        </Text>
      )}
      {known && known.contacts.length > 0 && (
        // Focusable by itself: without a connection there is nothing in it that is, and it may have to be scrolled.
        <ol className={classes.list} tabIndex={0} aria-labelledby={id}>
          {known.contacts.map((contact) => (
            <LineContactRow key={contact.contactId} contact={contact} queue={line.queue} />
          ))}
        </ol>
      )}
      {known && known.total > known.contacts.length && (
        <Text size="xs" c="dimmed">
          {words.first(known.contacts.length, known.total)}
        </Text>
      )}
    </section>
  );
}
