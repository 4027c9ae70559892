import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useApp, useDesk } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { AppearanceSwitch } from '../preferences/AppearanceSwitch';
import { LanguageSwitch } from '../preferences/LanguageSwitch';
import { NotificationPermission } from '../preferences/NotificationPermission';
import classes from './AccountMenu.module.css';

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const app = useApp();
  const { profile } = useDesk();
  const m = useMessages();
  return (
    <Menu position="bottom-end" width={280} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={`${m.account.menu}: ${profile.name}`}>
          <Avatar name={profile.name} color="petrol" size={32} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.person}>
          <Text fw={600} size="sm" dir="auto" truncate>
            {profile.name}
          </Text>
          <Text c="dimmed" size="xs" truncate>
            {profile.email}
          </Text>
        </div>
        <Menu.Divider />
        <div className={classes.setting}>
          <Text size="xs" c="dimmed">
            {m.account.language}
          </Text>
          <LanguageSwitch />
        </div>
        <div className={classes.setting}>
          <Text size="xs" c="dimmed">
            {m.account.appearance}
          </Text>
          <AppearanceSwitch />
        </div>
        <NotificationPermission />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
          {m.account.shortcuts}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void app.signOut()}>
          {m.account.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
