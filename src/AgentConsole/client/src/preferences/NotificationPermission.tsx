import { Button, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useState } from 'react';
import { useMessages } from '../locales/LocaleContext';

/** Browsers ask the person, so it is asked only when they press this. */
export function NotificationPermission() {
  const m = useMessages();
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : ('denied' as const),
  );
  if (permission !== 'default') {
    return (
      <Text size="xs" c="dimmed">
        {permission === 'granted' ? m.account.notificationsOn : m.account.notificationsBlocked}
      </Text>
    );
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconBellRinging size={14} aria-hidden />}
      onClick={() => {
        void Notification.requestPermission().then(setPermission);
      }}
    >
      {m.account.notifications}
    </Button>
  );
}
