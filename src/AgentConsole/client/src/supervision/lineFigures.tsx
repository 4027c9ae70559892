import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { LineOverview } from '@copilot/contracts';
import type { ComponentType } from 'react';
import { useFormats, useMessages } from '../locales/LocaleContext';
import type { Messages } from '../locales/en';
import classes from './Lines.module.css';
import { waitedSeconds, waitRangeText } from './lineText';
import { useFigureTime } from './LiveContext';
import { Unknown } from './Unknown';

interface OfLine {
  readonly line: LineOverview;
}

interface LineFigure {
  readonly key: keyof Messages['supervision']['figures'];
  readonly Show: ComponentType<OfLine>;
}

/** What is told of a line, in the order of the table's columns. */
export const lineFigures: readonly LineFigure[] = [
  { key: 'waiting', Show: Waiting },
  { key: 'longest', Show: Longest },
  { key: 'agents', Show: Agents },
  { key: 'inTime', Show: InTime },
  { key: 'expected', Show: Expected },
  { key: 'due', Show: Due },
  { key: 'estimates', Show: Estimates },
];

function Waiting({ line }: OfLine) {
  const m = useMessages();
  return (
    <>
      <strong className={classes.figure}>{line.waiting}</strong>
      {line.callbacksWaiting > 0 && (
        <span className={classes.small}>{m.supervision.callbacks(line.callbacksWaiting)}</span>
      )}
    </>
  );
}

function Longest({ line }: OfLine) {
  const m = useMessages();
  const formats = useFormats();
  const now = useFigureTime();
  if (line.oldestArrival === undefined) {
    return <Unknown text={m.queues.nobody} />;
  }
  const seconds = waitedSeconds(line.oldestArrival, now);
  const isLong = seconds > line.answerWithinSeconds;
  return (
    <span className={classes.wait} data-long={isLong || undefined}>
      {isLong && <IconAlertTriangle size={15} aria-hidden />}
      <strong className={classes.figure}>{formats.stopwatch(seconds)}</strong>
      {isLong && <VisuallyHidden>{m.supervision.tooLong}</VisuallyHidden>}
    </span>
  );
}

function Agents({ line }: OfLine) {
  const m = useMessages();
  return (
    <>
      <strong className={classes.figure}>{line.agentsAvailable}</strong>
      <span className={classes.small}>{m.supervision.serving(line.serving)}</span>
    </>
  );
}

function InTime({ line }: OfLine) {
  const m = useMessages();
  const formats = useFormats();
  return (
    <>
      <Share share={line.answeredInTime} />
      <span className={classes.small}>{m.supervision.goal(formats.duration(line.answerWithinSeconds))}</span>
      {line.answeredInTime !== undefined && (
        <span className={classes.small}>{m.supervision.ofAbout(line.answeredPerHour)}</span>
      )}
    </>
  );
}

function Expected({ line }: OfLine) {
  const m = useMessages();
  const formats = useFormats();
  return line.estimatedWait ? (
    <span className={classes.figure}>{waitRangeText(line.estimatedWait, m, formats)}</span>
  ) : (
    <Unknown text={m.supervision.unknown} />
  );
}

function Due({ line }: OfLine) {
  const m = useMessages();
  return line.callbacksScheduled === 0 ? (
    <Unknown text={m.supervision.none} />
  ) : (
    <>
      <strong className={classes.figure}>{line.callbacksDue}</strong>
      <span className={classes.small}>{m.supervision.due(line.callbacksScheduled)}</span>
    </>
  );
}

function Estimates({ line }: OfLine) {
  const m = useMessages();
  return (
    <>
      <Share share={line.estimatesInside} />
      {line.estimatesInside !== undefined && (
        <span className={classes.small}>{m.supervision.ofAbout(line.estimatesPerHour)}</span>
      )}
    </>
  );
}

function Share({ share }: { share: number | undefined }) {
  const m = useMessages();
  const formats = useFormats();
  return share === undefined ? (
    <Unknown text={m.supervision.notCounted} />
  ) : (
    <strong className={classes.figure}>{formats.percent(share)}</strong>
  );
}
