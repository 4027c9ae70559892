import { ErrorCodes } from '@copilot/contracts';
import { IconClockPause } from '@tabler/icons-react';
import { useServerNow } from '../app/AppContext';
import { errorText } from '../connection/errorText';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { useLive } from './LiveContext';
import classes from './LivePage.module.css';
import { isOld } from './LiveStore';

/** Whether the figures are those of now, and if not, of when they are and why. */
export function Freshness() {
  const m = useMessages();
  const formats = useFormats();
  const now = useServerNow();
  const state = useStore(useLive().state);
  const { overview } = state;
  const problem = state.problem ?? (state.isWatched && overview?.isOld ? ErrorCodes.unavailable : undefined);
  const { supervision } = m;
  const old = overview && isOld(state) ? supervision.old(formats.near(overview.at, now)) : undefined;
  const why = problem === undefined ? supervision.oldHint : `${supervision.refused} ${errorText(problem, m)}`;
  return (
    <div role="status" className={classes.freshness}>
      {overview && old === undefined && (
        <span className={classes.fresh} title={supervision.freshHint}>
          <span className={classes.dot} aria-hidden />
          {supervision.fresh}
        </span>
      )}
      {old !== undefined && (
        <p className={classes.old}>
          <IconClockPause size={18} aria-hidden />
          <span>
            <strong>{old}</strong> {why}
          </span>
        </p>
      )}
    </div>
  );
}
