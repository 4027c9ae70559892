import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useApp } from '../app/AppContext';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';

export function SoundSwitch() {
  const { preferences } = useApp();
  const m = useMessages();
  const muted = useStore(preferences.state, (state) => state.muted);
  const label = muted ? m.account.unmute : m.account.mute;
  const Icon = muted ? IconBellOff : IconBell;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => {
          preferences.setMuted(!muted);
        }}
      >
        <Icon size={20} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
