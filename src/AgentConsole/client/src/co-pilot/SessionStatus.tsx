import { SessionStates } from '@copilot/contracts';
import { Text } from '@mantine/core';
import { IconRosetteDiscountCheckFilled, IconShieldQuestion } from '@tabler/icons-react';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { type CoPilotState, hasCustomer } from './CoPilotState';
import { statusText } from './coPilotText';
import classes from './SessionCard.module.css';

/** How the session stands, who the customer is, and where they are. */
export function SessionStatus({ state }: { state: CoPilotState }) {
  const m = useMessages();
  const formats = useFormats();
  const { phase, page, verified, away, endsAt, viewerUrl } = state;
  const isShown = phase === SessionStates.live && !away && page?.inScope === true;
  const Icon = verified ? IconRosetteDiscountCheckFilled : IconShieldQuestion;
  return (
    <>
      {isShown ? (
        <p className={classes.status}>
          {m.coPilot.customerIsOn} <bdi>{page.pageTitle}</bdi>{' '}
          <bdi dir="ltr" className={classes.path}>
            {page.pageUrl}
          </bdi>
        </p>
      ) : (
        <p className={classes.status}>{statusText(state, m)}</p>
      )}
      {hasCustomer(state) && (
        <Text size="xs" className={classes.verified} data-verified={verified || undefined}>
          <Icon size={15} aria-hidden /> {verified ? m.coPilot.verified : m.coPilot.notVerified}
        </Text>
      )}
      {hasCustomer(state) && viewerUrl === undefined && (
        <Text size="sm" className={classes.status}>
          {m.coPilot.noViewer}
        </Text>
      )}
      {hasCustomer(state) && endsAt !== undefined && (
        <Text size="xs" c="dimmed">
          {m.coPilot.endsAt(formats.clock(endsAt))}
        </Text>
      )}
    </>
  );
}
