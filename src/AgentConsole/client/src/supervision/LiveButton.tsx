import { UnstyledButton } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './LiveButton.module.css';

/** The way to the live page, for supervisors; nothing for anybody else. */
export function LiveButton() {
  const { live } = useDesk();
  const m = useMessages();
  const isOpen = useStore(live.isOpen);
  return live.isAllowed ? (
    <div className={classes.place}>
      <UnstyledButton
        className={classes.button}
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => {
          live.open();
        }}
      >
        <IconActivity size={18} stroke={1.8} aria-hidden className={classes.icon} />
        <span className={classes.title}>{m.supervision.title}</span>
        <span className={classes.hint}>{m.supervision.hint}</span>
      </UnstyledButton>
    </div>
  ) : null;
}
