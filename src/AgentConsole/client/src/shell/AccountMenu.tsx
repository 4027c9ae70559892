import { Avatar, Popover, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import classes from './AccountMenu.module.css';
import { AccountSettings } from './AccountSettings';

/** A popover and not a menu, because it holds settings: a menu may only hold commands. */
export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { profile } = useDesk();
  const m = useMessages();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={290} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          onClick={() => {
            setOpened(!opened);
          }}
        >
          <Avatar name={profile.name} color="petrol" size={32} aria-hidden />
          <VisuallyHidden>{`${m.account.menu}: ${profile.name}`}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={m.account.menu}>
        <div className={classes.person}>
          <Text fw={600} size="sm" dir="auto" truncate>
            {profile.name}
          </Text>
          <Text c="dimmed" size="xs" truncate>
            {profile.email}
          </Text>
        </div>
        <AccountSettings
          onHelp={() => {
            setOpened(false);
            onHelp();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
