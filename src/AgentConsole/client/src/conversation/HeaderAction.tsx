import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { ariaKeys, type ShortcutId } from '../keyboard/shortcuts';
import classes from './ConversationHeader.module.css';

interface HeaderActionProps {
  readonly icon: Icon;
  readonly text: string;
  readonly shortcut: ShortcutId;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}

/** On a phone only the icon is seen; its name stays. */
export function HeaderAction({ icon: Icon, text, shortcut, isDisabled, onClick }: HeaderActionProps) {
  return (
    <Button
      variant="default"
      size="sm"
      disabled={isDisabled}
      className={classes.action}
      leftSection={<Icon size={16} aria-hidden />}
      aria-keyshortcuts={ariaKeys(shortcut)}
      title={text}
      onClick={onClick}
    >
      <span className={classes.label}>{text}</span>
    </Button>
  );
}
