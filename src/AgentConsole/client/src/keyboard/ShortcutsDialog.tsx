import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useMessages } from '../locales/LocaleContext';
import { shortcuts } from './shortcuts';
import classes from './ShortcutsDialog.module.css';

type Row = readonly [text: string, keys: readonly string[]];

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const m = useMessages();
  const rows: readonly Row[] = [
    [m.shortcuts.accept, shortcuts.accept.keys],
    [m.shortcuts.decline, shortcuts.decline.keys],
    [m.shortcuts.previous, shortcuts.previous.keys],
    [m.shortcuts.next, shortcuts.next.keys],
    [m.shortcuts.compose, shortcuts.compose.keys],
    [m.shortcuts.note, shortcuts.note.keys],
    [m.shortcuts.send, ['Enter']],
    [m.shortcuts.newline, ['Shift', 'Enter']],
    [m.calls.shortcut, shortcuts.call.keys],
    [m.shortcuts.transfer, shortcuts.transfer.keys],
    [m.shortcuts.coPilot, shortcuts.coPilot.keys],
    [m.shortcuts.end, shortcuts.end.keys],
    [m.shortcuts.help, shortcuts.help.keys],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={m.shortcuts.title}
      closeButtonProps={{ 'aria-label': m.shortcuts.close }}
    >
      <dl className={classes.list}>
        {rows.map(([text, keys]) => (
          <Fragment key={text}>
            <dt>{text}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
