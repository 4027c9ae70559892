import { Limits } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Composer.module.css';

/** From here on the writer is told how much is left. */
const nearLimit = 300;

export function ComposerHint({ id, length }: { id: string; length: number }) {
  const desk = useDesk();
  const m = useMessages();
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const left = Limits.textLength - length;
  return (
    <div className={classes.hint} id={id}>
      <span className={classes.keys}>{isConnected ? m.composer.hint : m.composer.offline}</span>
      <span role="status" data-over={left < 0 || undefined}>
        {left < 0 ? m.composer.tooLong(-left) : left <= nearLimit ? m.composer.left(left) : ''}
      </span>
    </div>
  );
}
