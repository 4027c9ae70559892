import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { AgentStatuses } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import type { Messages } from '../locales/en';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './StatusSelect.module.css';
import { statusText } from './statusText';

const choices = [AgentStatuses.available, AgentStatuses.away, AgentStatuses.offline] as const;

export function StatusSelect() {
  const desk = useDesk();
  const m = useMessages();
  const state = useStore(desk.status.state);
  const connected = useStore(desk.connection.state, (connection) => connection.session === 'connected');
  const { status, changing } = state;
  const text =
    changing !== undefined ? m.status.changing : status === undefined ? m.status.asking : statusText(status, m);
  return (
    <Menu position="bottom-start" width="target" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button} disabled={!connected || changing !== undefined}>
          <span className={classes.dot} data-status={connected ? status : undefined} aria-hidden />
          <span className={classes.text}>
            <VisuallyHidden>{m.status.label}: </VisuallyHidden>
            {text}
          </span>
          {status !== undefined && <span className={classes.load}>{m.status.load(state.load, state.capacity)}</span>}
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice}
            leftSection={<span className={classes.dot} data-status={choice} aria-hidden />}
            rightSection={choice === status ? <IconCheck size={16} aria-hidden /> : undefined}
            aria-current={choice === status ? 'true' : undefined}
            onClick={() => void desk.setStatus(choice)}
          >
            {statusText(choice, m)}
            <Text size="xs" c="dimmed">
              {hint(choice, m)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function hint(choice: (typeof choices)[number], m: Messages): string {
  switch (choice) {
    case 'available':
      return m.status.availableHint;
    case 'away':
      return m.status.awayHint;
    case 'offline':
      return m.status.offlineHint;
  }
}
