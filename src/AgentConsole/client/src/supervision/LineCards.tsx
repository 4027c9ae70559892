import type { LineOverview } from '@copilot/contracts';
import { useId } from 'react';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { LineActs } from './LineActs';
import { LineContactList } from './LineContactList';
import { lineFigures } from './lineFigures';
import { LineName } from './LineName';
import classes from './Lines.module.css';
import { useLive } from './LiveContext';
import { NoLines } from './NoLines';

/** All lines, each on a card, where there is no room for a table. */
export function LineCards() {
  const m = useMessages();
  const id = useId();
  const lines = useStore(useLive().state, (state) => state.overview?.lines) ?? [];
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {m.supervision.lines.title}
      </h2>
      {lines.length === 0 && <NoLines />}
      <ul className={classes.cards}>
        {lines.map((line) => (
          <Card key={line.queue} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Card({ line }: { line: LineOverview }) {
  const m = useMessages();
  const id = useId();
  const isChosen = useStore(useLive().state, (state) => state.queue === line.queue);
  return (
    <li className={classes.card} data-chosen={isChosen || undefined}>
      <h3 className={classes.cardName}>
        <LineName line={line} contactsId={id} />
      </h3>
      <dl className={classes.cardFigures}>
        {lineFigures.map(({ key, Show }) => (
          <div key={key}>
            <dt>{m.supervision.figures[key]}</dt>
            <dd>
              <Show line={line} />
            </dd>
          </div>
        ))}
      </dl>
      <LineActs line={line} />
      {isChosen && (
        <div id={id}>
          <LineContactList line={line} />
        </div>
      )}
    </li>
  );
}
