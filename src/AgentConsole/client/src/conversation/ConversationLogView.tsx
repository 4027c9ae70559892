import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useApp, useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { customerName } from '../customer/customerName';
import { startOfDay } from '../locales/Formats';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { isSaid } from './ConversationState';
import classes from './Log.module.css';
import { LogRow } from './LogRow';
import { toRows } from './rows';
import { TypingLine } from './TypingLine';
import { UnsentRow } from './UnsentRow';
import { useStickToEnd } from './useStickToEnd';

/** Rows that are drawn at first and added by each look further back: a long log costs what is looked at. */
const page = 120;

export function ConversationLogView({ chat }: { chat: Chat }) {
  const app = useApp();
  const desk = useDesk();
  const m = useMessages();
  const { conversation } = chat;
  const state = useStore(conversation.state);
  const isConnected = useStore(desk.connection.state, (connection) => connection.session === 'connected');
  const attentive = useStore(app.attention.state);
  const today = useStore(app.ticker, startOfDay);
  const { scroller, content, atEnd, onScroll, toEnd, holdPlace, restorePlace } = useStickToEnd();
  const [drawn, setDrawn] = useState(page);
  const rows = useMemo(() => toRows(state.entries), [state.entries]);
  const name = customerName(chat.customer ?? state.customer, m);
  const ownId = desk.profile.agentId;
  const lastSeq = state.entries.at(-1)?.seq ?? 0;
  const lastUnsent = state.unsent.at(-1)?.messageId;

  useLayoutEffect(restorePlace, [drawn, restorePlace]);

  useEffect(() => {
    // Whoever writes wants to see it, wherever they had scrolled to.
    if (lastUnsent !== undefined) {
      toEnd();
    }
  }, [lastUnsent, toEnd]);

  useEffect(() => {
    if (attentive && atEnd && lastSeq > 0) {
      conversation.markRead();
    }
  }, [attentive, atEnd, lastSeq, conversation, isConnected]);

  const news = state.entries.filter((entry) => entry.seq > state.ownRead && isSaid(entry) && entry.author.id !== ownId);
  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        onScroll={onScroll}
        className={classes.scroll}
        // A log that can be scrolled must be reachable by keyboard. What is new is announced elsewhere, hence no live region here.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={m.conversation.log(name)}
      >
        <div ref={content} className={classes.content}>
          {rows.length > drawn && (
            <Button
              variant="default"
              size="compact-sm"
              className={classes.earlier}
              onClick={() => {
                holdPlace();
                setDrawn(drawn + page);
              }}
            >
              {m.conversation.earlier}
            </Button>
          )}
          {rows.length === 0 && <p className={classes.event}>{m.conversation.empty}</p>}
          {rows.slice(-drawn).map((row) => (
            <LogRow
              key={row.key}
              row={row}
              ownId={ownId}
              customerRead={state.customerRead}
              customer={name}
              today={today}
            />
          ))}
          {state.unsent.map((item) => (
            <UnsentRow
              key={item.messageId}
              item={item}
              isConnected={isConnected}
              onRetry={() => {
                conversation.retry(item.messageId);
              }}
              onDiscard={() => {
                conversation.discard(item.messageId);
              }}
            />
          ))}
          <TypingLine typing={state.typing} customer={name} />
        </div>
      </div>
      {!atEnd && (
        <Button
          size="compact-md"
          radius="xl"
          className={classes.latest}
          leftSection={<IconArrowDown size={15} aria-hidden />}
          onClick={toEnd}
        >
          {news.length > 0 ? m.conversation.newMessages(news.length) : m.conversation.toLatest}
        </Button>
      )}
    </div>
  );
}
