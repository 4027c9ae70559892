import { useState } from 'react';
import { useDesk } from '../app/AppContext';
import { CallPane } from '../callbacks/CallPane';
import { PagePane } from '../co-pilot/view/PagePane';
import { useViewed } from '../co-pilot/view/useViewed';
import { ConnectionBanner } from '../connection/ConnectionBanner';
import { ConversationPane } from '../conversation/ConversationPane';
import { ChatCustomer } from '../customer/ChatCustomer';
import { CustomerPanel } from '../customer/CustomerPanel';
import { ShortcutsDialog } from '../keyboard/ShortcutsDialog';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { Notices } from '../notices/Notices';
import { OfferCard } from '../offers/OfferCard';
import { useStore } from '../stores/useStore';
import { LivePane } from '../supervision/LivePane';
import { NoChat } from './NoChat';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';

export function Shell() {
  const desk = useDesk();
  const m = useMessages();
  const { chats, selectedId } = useStore(desk.chats.state);
  const calls = useStore(desk.calls.state);
  const chat = chats.find((one) => one.contactId === selectedId);
  const call = calls.find((one) => one.contactId === selectedId);
  const isOpen = chat !== undefined || call !== undefined;
  // Of a call-back that was a chat the conversation takes the place of the details.
  const hasDetails = isOpen && !(chat && call);
  const isLive = useStore(desk.live.isOpen);
  const page = useViewed(isOpen ? selectedId : undefined);
  const viewed = isLive ? undefined : page;
  const isWide = useStore(desk.coPilot.isWide) && viewed !== undefined;
  const [helps, setHelps] = useState(false);
  const showHelp = (): void => {
    setHelps(true);
  };

  useShortcuts({
    help: showHelp,
    previous: () => {
      desk.step(-1);
    },
    next: () => {
      desk.step(1);
    },
    compose: isWide
      ? () => {
          desk.coPilot.isWide.set(false);
        }
      : undefined,
  });

  return (
    <div
      className={classes.shell}
      data-shows={isOpen || viewed || isLive ? 'chat' : 'list'}
      data-details={hasDetails || undefined}
      data-page={viewed && (isWide ? 'wide' : 'beside')}
    >
      <a href="#conversation" className={classes.skip}>
        {isLive ? m.supervision.skip : m.shell.skip}
      </a>
      <ConnectionBanner />
      <OfferCard />
      <div className={classes.columns}>
        <Sidebar onHelp={showHelp} />
        <main
          id="conversation"
          tabIndex={-1}
          className={classes.main}
          aria-label={isLive ? m.supervision.title : m.shell.main}
        >
          {viewed && <PagePane key={viewed.requestId} session={viewed} hasChat={isOpen} />}
          {/* Not there, rather than hidden, where the page has all the room: what is not seen does not count as read. */}
          {isOpen && !isWide && (
            <div className={classes.talk}>
              {call ? (
                <CallPane key={call.contactId} call={call} chat={chat} />
              ) : (
                chat && <ConversationPane key={chat.contactId} chat={chat} />
              )}
            </div>
          )}
          {isLive && <LivePane />}
          {!isOpen && !viewed && !isLive && <NoChat />}
        </main>
        {hasDetails && !viewed && (
          <aside className={classes.details} aria-label={m.shell.details}>
            {call && <CustomerPanel contact={call} customer={call.customer} />}
            {chat && <ChatCustomer chat={chat} />}
          </aside>
        )}
      </div>
      <Notices />
      <ShortcutsDialog
        opened={helps}
        onClose={() => {
          setHelps(false);
        }}
      />
    </div>
  );
}
