import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { AboutFigures } from './AboutFigures';
import { AgentGroups } from './AgentGroups';
import { Freshness } from './Freshness';
import { LineCards } from './LineCards';
import { LineTable } from './LineTable';
import { LiveContext } from './LiveContext';
import { LiveDialogs } from './LiveDialogs';
import classes from './LivePage.module.css';
import { LiveStore } from './LiveStore';
import { NoOverview } from './NoOverview';
import { Totals } from './Totals';

/** CSS pixels from which there is room for the table of lines. */
const roomForTable = 830;

/** The whole site as it is now, for supervisors: lines, who is in them, and agents. */
export function LivePage() {
  const { hub } = useDesk();
  const [live] = useState(() => new LiveStore(hub));
  useEffect(() => {
    live.open();
    return () => {
      live.close();
    };
  }, [live]);
  const overview = useStore(live.state, (state) => state.overview);
  return (
    <LiveContext value={live}>
      <LiveDialogs>
        <div className={classes.page}>
          <LiveHeader />
          {overview ? <Figures /> : <NoOverview />}
        </div>
      </LiveDialogs>
    </LiveContext>
  );
}

function LiveHeader() {
  const desk = useDesk();
  const m = useMessages();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, []);
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={m.supervision.back}
        onClick={() => {
          desk.live.close();
        }}
      >
        <IconArrowLeft size={20} aria-hidden />
      </ActionIcon>
      <h1 ref={title} tabIndex={-1} className={classes.title}>
        {m.supervision.title}
      </h1>
      <Freshness />
    </header>
  );
}

function Figures() {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className={classes.figures}>
      <Totals />
      {width >= roomForTable ? <LineTable /> : <LineCards />}
      <AgentGroups />
      <AboutFigures />
    </div>
  );
}
