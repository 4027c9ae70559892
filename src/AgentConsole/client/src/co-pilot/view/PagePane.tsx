import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconLayoutSidebarRightExpand } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import { useDesk } from '../../app/AppContext';
import { errorText } from '../../connection/errorText';
import { useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import { PageAddress } from './PageAddress';
import { PageFrame } from './PageFrame';
import classes from './PagePane.module.css';
import { PageToolbar } from './PageToolbar';
import { ProposePage } from './ProposePage';
import { ViewNotice } from './ViewNotice';

/** A running session: the customer's page, as large as there is room, with what the agent can do about it above. */
export function PagePane({ session, hasChat }: { session: CoPilotSession; hasChat: boolean }) {
  const m = useMessages();
  const id = useId();
  const pane = useRef<HTMLElement>(null);
  const url = useStore(session.state, (state) => state.viewerUrl);
  const problem = useStore(session.state, (state) => state.problem);
  const refused = useStore(session.view.state, (state) => state.problem);
  useEffect(() => {
    // The card that had the focus made way for this.
    if (session.mayTakeFocus && document.activeElement === document.body) {
      pane.current?.focus();
    }
  }, [session]);
  return (
    <section ref={pane} tabIndex={-1} className={classes.pane} aria-labelledby={id}>
      <header className={classes.head}>
        <PageAddress session={session} titleId={id} />
        <PaneActions session={session} hasChat={hasChat} />
      </header>
      <div className={classes.doing}>
        <PageToolbar session={session} />
        <ProposePage session={session} />
      </div>
      <div role="alert">
        {(problem ?? refused) !== undefined && (
          <Text size="sm" className={classes.problem}>
            {problem === undefined ? m.coPilot.view.notShown : m.coPilot.failed} {errorText(problem ?? refused, m)}
          </Text>
        )}
      </div>
      <div className={classes.stage}>
        {url !== undefined && <PageFrame session={session} url={url} />}
        <ViewNotice session={session} />
      </div>
    </section>
  );
}

function PaneActions({ session, hasChat }: { session: CoPilotSession; hasChat: boolean }) {
  const { coPilot, chats } = useDesk();
  const m = useMessages();
  const isWide = useStore(coPilot.isWide);
  const unread = useStore(chats.unread);
  const isEnding = useStore(session.state, (state) => state.isEnding);
  const isConnected = useStore(coPilot.connection, (connection) => connection === 'connected');
  const wide = isWide ? (hasChat ? m.coPilot.view.narrow : m.coPilot.view.besides) : m.coPilot.view.wide;
  const WideIcon = isWide ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  return (
    <div className={classes.actions}>
      {isWide && unread > 0 && <span className={classes.unread}>{m.chats.unread(unread)}</span>}
      <Tooltip label={wide}>
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={wide}
          aria-pressed={isWide}
          onClick={() => {
            coPilot.isWide.set(!isWide);
          }}
        >
          <WideIcon size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={m.coPilot.view.putAway}>
        <ActionIcon
          size="lg"
          variant="default"
          aria-label={m.coPilot.view.putAway}
          onClick={() => {
            coPilot.putAway(session);
          }}
        >
          <IconLayoutSidebarRightExpand size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Button
        size="xs"
        h={34}
        color="red"
        variant="light"
        disabled={!isConnected}
        loading={isEnding}
        onClick={() => {
          void session.end();
        }}
      >
        {m.coPilot.end}
      </Button>
    </div>
  );
}
