import { VisuallyHidden } from '@mantine/core';
import type { SiteOverview } from '@copilot/contracts';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { Unknown } from './Unknown';
import { useFigureTime, useLive } from './LiveContext';
import { waitedSeconds } from './lineText';
import classes from './LivePage.module.css';
import { siteTotals } from './siteTotals';

/** The site in five figures. */
export function Totals() {
  const overview = useStore(useLive().state, (state) => state.overview);
  return overview ? <TotalsOf overview={overview} /> : null;
}

function TotalsOf({ overview }: { overview: SiteOverview }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useFigureTime();
  const totals = siteTotals(overview, now);
  const { total } = m.supervision;
  const figures = [
    [total.waiting, totals.waiting],
    [
      total.longest,
      totals.oldestArrival === undefined ? undefined : formats.stopwatch(waitedSeconds(totals.oldestArrival, now)),
    ],
    [total.inTime, totals.answeredInTime === undefined ? undefined : formats.percent(totals.answeredInTime)],
    [total.agents, totals.agentsAvailable],
    [total.due, totals.callbacksDue],
  ] as const;
  return (
    <section>
      <VisuallyHidden>
        <h2>{total.title}</h2>
      </VisuallyHidden>
      <dl className={classes.totals}>
        {figures.map(([label, figure]) => (
          <div key={label} className={classes.total}>
            <dt>{label}</dt>
            <dd>
              {figure ?? <Unknown text={label === total.longest ? m.supervision.none : m.supervision.notCounted} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
