import { useDesk } from '../app/AppContext';
import { CallSessions } from '../co-pilot/CallSessions';
import { CallList } from '../callbacks/CallList';
import { ChatList } from '../contacts/ChatList';
import { useMessages } from '../locales/LocaleContext';
import { SoundSwitch } from '../preferences/SoundSwitch';
import { QueueOverview } from '../queues/QueueOverview';
import { StatusSelect } from '../status/StatusSelect';
import { StatusHint } from '../status/StatusHint';
import { WrapUp } from '../status/WrapUp';
import { useStore } from '../stores/useStore';
import { LiveButton } from '../supervision/LiveButton';
import { AccountMenu } from './AccountMenu';
import { Brand } from './Brand';
import classes from './Sidebar.module.css';
import { SoundHint } from './SoundHint';

export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const m = useMessages();
  const { chats, calls } = useDesk();
  const selectedId = useStore(chats.state, (state) => state.selectedId);
  // Its card has the time to finish up already.
  const isOnCard = useStore(calls.state).some((call) => call.contactId === selectedId && call.result);
  return (
    <nav className={classes.sidebar} aria-label={m.shell.sidebar}>
      <header className={classes.header}>
        <Brand />
        <span className={classes.tools}>
          <SoundSwitch />
          <AccountMenu onHelp={onHelp} />
        </span>
      </header>
      <div className={classes.status}>
        <StatusSelect />
        <StatusHint />
        {!isOnCard && <WrapUp />}
        <SoundHint />
      </div>
      <LiveButton />
      <div className={classes.scroll}>
        <CallSessions />
        <CallList />
        <ChatList />
        <QueueOverview />
      </div>
    </nav>
  );
}
