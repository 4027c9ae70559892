import { CallSessions } from '../co-pilot/CallSessions';
import { ChatList } from '../contacts/ChatList';
import { useMessages } from '../locales/LocaleContext';
import { SoundSwitch } from '../preferences/SoundSwitch';
import { QueueOverview } from '../queues/QueueOverview';
import { StatusSelect } from '../status/StatusSelect';
import { StatusHint } from '../status/StatusHint';
import { AccountMenu } from './AccountMenu';
import { Brand } from './Brand';
import classes from './Sidebar.module.css';
import { SoundHint } from './SoundHint';

export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const m = useMessages();
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
        <SoundHint />
      </div>
      <div className={classes.scroll}>
        <CallSessions />
        <ChatList />
        <QueueOverview />
      </div>
    </nav>
  );
}
