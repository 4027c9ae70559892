import { CallStates } from '@copilot/contracts';
import { Button, Kbd, VisuallyHidden } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useApp, useDesk, useNow, useServerNow } from '../app/AppContext';
import { ariaKeys, shortcuts } from '../keyboard/shortcuts';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { type Call, isProviderCalling } from './Call';
import classes from './CallCard.module.css';
import { providerText } from './callText';
import { phoneLink, usePhoneText } from './phoneText';

/** The number, as a link that the agent's telephone program opens, and how long it has been going on. */
export function CallNumber({ call }: { call: Call }) {
  const { clock } = useApp();
  const desk = useDesk();
  const m = useMessages();
  const link = useRef<HTMLAnchorElement>(null);
  const { phone, call: provided } = call.callback;
  const isLeft = provided === undefined || provided.status === CallStates.leftToAgent;
  const number = usePhoneText(phone);
  const dial = (): void => {
    desk.calls.dial(call.contactId, clock.local());
  };

  useShortcuts({
    call: () => {
      link.current?.click();
    },
  });
  useEffect(() => {
    // It is what the agent took the call-back for; a finger's keyboard is no matter here.
    link.current?.focus();
  }, []);

  return (
    <div className={classes.dial}>
      <div className={classes.who}>
        <span className={classes.number} aria-label={m.calls.card.number}>
          <bdi>{number}</bdi>
        </span>
        <CallTimer call={call} />
      </div>
      {!isProviderCalling(call.callback) && (
        <Button
          component="a"
          ref={link}
          href={phoneLink(phone)}
          size="md"
          variant={isLeft ? 'filled' : 'default'}
          leftSection={<IconPhone size={18} aria-hidden />}
          rightSection={
            <Kbd size="xs" className={classes.key}>
              {shortcuts.call.keys.join('+')}
            </Kbd>
          }
          aria-keyshortcuts={ariaKeys('call')}
          onClick={dial}
        >
          {call.dialedAt === undefined ? m.calls.card.call : m.calls.card.callAgain}
          <VisuallyHidden> {number}</VisuallyHidden>
        </Button>
      )}
      <p role="status" className={classes.provider}>
        {provided && providerText(provided, m)}
      </p>
    </div>
  );
}

/** From the click on the number, which is when the line rings, or before it from the acceptance; it says which. */
function CallTimer({ call }: { call: Call }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useNow();
  const serverNow = useServerNow();
  const { dialedAt, acceptedAt, arrivedAt } = call;
  const seconds = (dialedAt === undefined ? serverNow - Date.parse(acceptedAt ?? arrivedAt) : now - dialedAt) / 1000;
  return (
    <span role="timer" aria-live="off" className={classes.timer} data-dialed={dialedAt !== undefined || undefined}>
      {formats.stopwatch(seconds)} {dialedAt === undefined ? m.calls.card.sinceAccepted : m.calls.card.sinceDialed}
    </span>
  );
}
