import { Button, Divider, Text } from '@mantine/core';
import { IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { AppearanceSwitch } from '../preferences/AppearanceSwitch';
import { LanguageSwitch } from '../preferences/LanguageSwitch';
import { NotificationPermission } from '../preferences/NotificationPermission';
import classes from './AccountMenu.module.css';

export function AccountSettings({ onHelp }: { onHelp: () => void }) {
  const app = useApp();
  const m = useMessages();
  return (
    <>
      <Divider />
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
      <div className={classes.setting}>
        <NotificationPermission />
      </div>
      <Divider />
      <div className={classes.commands}>
        <Button
          variant="subtle"
          color="gray"
          justify="flex-start"
          leftSection={<IconKeyboard size={17} aria-hidden />}
          onClick={onHelp}
        >
          {m.account.shortcuts}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          justify="flex-start"
          leftSection={<IconLogout size={17} aria-hidden />}
          onClick={() => void app.signOut()}
        >
          {m.account.signOut}
        </Button>
      </div>
    </>
  );
}
