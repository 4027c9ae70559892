import { memo } from 'react';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { eventText } from './eventText';
import classes from './Log.module.css';
import { MessageRow } from './MessageRow';
import type { Row } from './rows';

interface LogRowProps {
  readonly row: Row;
  readonly ownId: string;
  readonly customerRead: number;
  readonly customer: string;
  readonly today: number;
}

export function LogRow({ row, ownId, customerRead, customer, today }: LogRowProps) {
  const m = useMessages();
  switch (row.kind) {
    case 'day':
      return <DayRow time={row.time} today={today} />;
    case 'event':
      return (
        <p className={classes.event} dir="auto">
          {eventText(row.entry, m)}
        </p>
      );
    case 'message':
      return (
        <MessageRow
          entry={row.entry}
          isFirst={row.isFirst}
          isOwn={row.entry.author.id === ownId}
          isRead={row.entry.seq <= customerRead}
          customer={customer}
        />
      );
  }
}

const DayRow = memo(function DayRow({ time, today }: { time: string; today: number }) {
  const formats = useFormats();
  return (
    <div className={classes.day}>
      <span>{formats.day(time, today)}</span>
    </div>
  );
});
