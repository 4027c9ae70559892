import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Sidebar.module.css';

/** Shown while an offer would ring and the browser will not let it. */
export function SoundHint() {
  const { ringer, preferences } = useApp();
  const m = useMessages();
  const blocked = useStore(ringer.blocked);
  const muted = useStore(preferences.state, (state) => state.muted);
  return blocked && !muted ? <div className={classes.hint}>{m.account.soundBlocked}</div> : null;
}
