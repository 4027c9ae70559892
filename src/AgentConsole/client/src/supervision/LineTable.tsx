import { VisuallyHidden } from '@mantine/core';
import type { LineOverview } from '@copilot/contracts';
import { Fragment, useId } from 'react';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { LineActs } from './LineActs';
import { LineContactList } from './LineContactList';
import { lineFigures } from './lineFigures';
import { LineName } from './LineName';
import classes from './Lines.module.css';
import { NoLines } from './NoLines';
import { useLive } from './LiveContext';

/** All lines, where there is room for a table; who is in the chosen one is told below it. */
export function LineTable() {
  const m = useMessages();
  const id = useId();
  const lines = useStore(useLive().state, (state) => state.overview?.lines) ?? [];
  const { supervision } = m;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {supervision.lines.title}
      </h2>
      {lines.length === 0 ? (
        <NoLines />
      ) : (
        <table className={classes.table} aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{supervision.lines.line}</th>
              {lineFigures.map(({ key }) => (
                <th key={key} scope="col">
                  {supervision.figures[key]}
                </th>
              ))}
              <th scope="col">
                <VisuallyHidden>{supervision.lines.acts}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.queue} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ line }: { line: LineOverview }) {
  const id = useId();
  const isChosen = useStore(useLive().state, (state) => state.queue === line.queue);
  return (
    <Fragment>
      <tr data-chosen={isChosen || undefined}>
        <th scope="row">
          <LineName line={line} contactsId={id} />
        </th>
        {lineFigures.map(({ key, Show }) => (
          <td key={key}>
            <Show line={line} />
          </td>
        ))}
        <td className={classes.actsCell}>
          <LineActs line={line} />
        </td>
      </tr>
      {isChosen && (
        <tr id={id} className={classes.below}>
          <td colSpan={lineFigures.length + 2}>
            <LineContactList line={line} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
