import { Text, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { useServerNow } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import type { CoPilotSession } from './CoPilotSession';
import { spelled } from './coPilotText';
import classes from './SessionCard.module.css';

interface CodeViewProps {
  readonly session: CoPilotSession;
  readonly code: string;
  readonly expiresAt: string;
  readonly failures: number;
}

/** The code as it is read out, and how long it can be. */
export function CodeView({ session, code, expiresAt, failures }: CodeViewProps) {
  const m = useMessages();
  const left = Math.max(0, Date.parse(expiresAt) - useServerNow());
  const seconds = Math.floor(left / 1000);
  const isOver = left === 0;
  useEffect(() => {
    // The server tells when it ends; should its word be lost, the answer to this question says it.
    if (isOver) {
      session.look();
    }
  }, [isOver, session]);
  return (
    <div>
      <p className={classes.code} dir="ltr" translate="no">
        <span aria-hidden>{code}</span>
        <VisuallyHidden>{m.coPilot.codeIs(spelled(code))}</VisuallyHidden>
      </p>
      <Text size="sm" role="timer" aria-live="off" className={classes.left} data-urgent={seconds < 60 || undefined}>
        {isOver ? m.coPilot.ended.code_expired : m.coPilot.left(clockOf(seconds))}
      </Text>
      {failures > 0 && (
        <Text size="sm" className={classes.failures}>
          {m.coPilot.failures(failures)}
        </Text>
      )}
    </div>
  );
}

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
