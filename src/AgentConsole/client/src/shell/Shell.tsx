import { useState } from 'react';
import { useDesk } from '../app/AppContext';
import { PagePane } from '../co-pilot/view/PagePane';
import { useViewed } from '../co-pilot/view/useViewed';
import { ConnectionBanner } from '../connection/ConnectionBanner';
import { ConversationPane } from '../conversation/ConversationPane';
import { CustomerPanel } from '../customer/CustomerPanel';
import { ShortcutsDialog } from '../keyboard/ShortcutsDialog';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { Notices } from '../notices/Notices';
import { OfferCard } from '../offers/OfferCard';
import { useStore } from '../stores/useStore';
import { NoChat } from './NoChat';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';

export function Shell() {
  const desk = useDesk();
  const m = useMessages();
  const { chats, selectedId } = useStore(desk.chats.state);
  const chat = chats.find((one) => one.contactId === selectedId);
  const viewed = useViewed(chat?.contactId);
  const isWide = useStore(desk.coPilot.isWide) && viewed !== undefined;
  const [helps, setHelps] = useState(false);
  const showHelp = (): void => {
    setHelps(true);
  };

  useShortcuts({
    help: showHelp,
    previous: () => {
      desk.chats.step(-1);
    },
    next: () => {
      desk.chats.step(1);
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
      data-shows={chat || viewed ? 'chat' : 'list'}
      data-page={viewed && (isWide ? 'wide' : 'beside')}
    >
      <a href="#conversation" className={classes.skip}>
        {m.shell.skip}
      </a>
      <ConnectionBanner />
      <OfferCard />
      <div className={classes.columns}>
        <Sidebar onHelp={showHelp} />
        <main id="conversation" tabIndex={-1} className={classes.main} aria-label={m.shell.main}>
          {viewed && <PagePane key={viewed.requestId} session={viewed} hasChat={chat !== undefined} />}
          {/* Not there, rather than hidden, where the page has all the room: what is not seen does not count as read. */}
          {chat && !isWide && (
            <div className={classes.talk}>
              <ConversationPane key={chat.contactId} chat={chat} />
            </div>
          )}
          {!chat && !viewed && <NoChat />}
        </main>
        {chat && !viewed && (
          <aside className={classes.details} aria-label={m.shell.details}>
            <CustomerPanel chat={chat} />
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
