import { SessionStates } from '@copilot/contracts';
import { Tooltip } from '@mantine/core';
import { IconLock, IconPlayerPause, IconRosetteDiscountCheckFilled, IconShieldQuestion } from '@tabler/icons-react';
import { useFormats, useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import { statusText } from '../coPilotText';
import classes from './PagePane.module.css';

/** Below this a page simply stands still. */
const QUIET_MS = 5_000;

/** Where the customer is, or why that cannot be seen; who they are; and how old what is seen is. */
export function PageAddress({ session, titleId }: { session: CoPilotSession; titleId: string }) {
  const m = useMessages();
  const state = useStore(session.state);
  const { phase, page, away, verified } = state;
  const isShown = phase === SessionStates.live && page?.inScope === true;
  const isPrivate = phase === SessionStates.live && page?.inScope === false;
  const Who = verified ? IconRosetteDiscountCheckFilled : IconShieldQuestion;
  return (
    <div className={classes.address}>
      <h2 id={titleId} className={classes.title}>
        <Tooltip label={verified ? m.coPilot.verified : m.coPilot.notVerified} multiline maw="20rem">
          <span
            role="img"
            aria-label={verified ? m.coPilot.verified : m.coPilot.notVerified}
            className={classes.who}
            data-verified={verified || undefined}
          >
            <Who size={17} aria-hidden />
          </span>
        </Tooltip>
        {phase === SessionStates.paused && <IconPlayerPause size={16} aria-hidden />}
        {isPrivate && <IconLock size={16} aria-hidden />}
        <bdi>{isShown && !away ? page.pageTitle : statusText(state, m)}</bdi>
      </h2>
      <p className={classes.facts}>
        {isShown && (
          <bdi dir="ltr" className={classes.path}>
            {page.pageUrl}
          </bdi>
        )}
        <Figures session={session} />
      </p>
    </div>
  );
}

/** As text that stands still for readers: it changes every second. */
function Figures({ session }: { session: CoPilotSession }) {
  const m = useMessages();
  const formats = useFormats();
  const figures = useStore(session.view.state, (state) => state.figures);
  const endsAt = useStore(session.state, (state) => state.endsAt);
  return (
    <>
      {figures && (
        <Tooltip label={m.coPilot.view.figuresHint} multiline maw="20rem">
          <span className={classes.figures}>
            {figures.quiet >= QUIET_MS
              ? m.coPilot.view.quiet(formats.duration(figures.quiet / 1000))
              : m.coPilot.view.behind(formats.tenths(Math.max(0, figures.delay)))}
          </span>
        </Tooltip>
      )}
      {endsAt !== undefined && <span>{m.coPilot.endsAt(formats.clock(endsAt))}</span>}
    </>
  );
}
