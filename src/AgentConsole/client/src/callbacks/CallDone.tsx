import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useDesk, useServerNow } from '../app/AppContext';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { WrapUp } from '../status/WrapUp';
import type { Call, CallResult } from './Call';
import classes from './CallCard.module.css';
import { nextText, outcomeText } from './callText';
import { OutcomeIcon } from './OutcomeIcon';

/** What is noted, what happens next, and the time to finish up. The number is gone: this agent serves the customer no more. */
export function CallDone({ call, result }: { call: Call; result: CallResult }) {
  const desk = useDesk();
  const m = useMessages();
  const formats = useFormats();
  const now = useServerNow();
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its focus; what came of it is read out from here.
    if (document.activeElement === document.body) {
      words.current?.focus();
    }
  }, []);
  return (
    <div className={classes.done}>
      <div ref={words} tabIndex={-1} className={classes.result}>
        <strong>
          <OutcomeIcon outcome={result.outcome} /> {m.calls.done.title(outcomeText(result.outcome, m))}
        </strong>
        <span>{nextText(result, m, formats, now)}</span>
      </div>
      <WrapUp />
      <Group>
        <Button
          variant="default"
          size="sm"
          onClick={() => {
            desk.dismiss(call.contactId);
          }}
        >
          {m.calls.done.dismiss}
        </Button>
      </Group>
    </div>
  );
}
