import { type Tool, TOOLS } from '@copilot/cobrowse/viewer-messages';
import { SessionStates } from '@copilot/contracts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEye, IconFocus2, type Icon, IconArrowBarToDown, IconHandFinger, IconPencil } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import classes from './PagePane.module.css';

/** The keys are those of the viewer, where they work on the page; here they work on the tools. */
const tools: Readonly<Record<Tool, { readonly icon: Icon; readonly key: string }>> = {
  none: { icon: IconEye, key: 'Esc' },
  point: { icon: IconHandFinger, key: 'P' },
  highlight: { icon: IconFocus2, key: 'H' },
  scroll: { icon: IconArrowBarToDown, key: 'S' },
  draw: { icon: IconPencil, key: 'D' },
};

export function PageToolbar({ session }: { session: CoPilotSession }) {
  const m = useMessages();
  const { view } = session;
  const chosen = useStore(view.state, (state) => state.tool);
  const mayShow = useStore(session.state, (state) => state.phase === SessionStates.live);
  const choose = (tool: Tool): void => {
    if (mayShow) {
      view.choose(tool);
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    const tool = TOOLS.find((one) => tools[one].key.toLowerCase() === event.key.toLowerCase().replace('escape', 'esc'));
    if (tool && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      choose(tool);
    }
  };
  return (
    <div role="group" aria-label={m.coPilot.view.tools} className={classes.tools} onKeyDown={pressed}>
      {TOOLS.map((tool) => {
        const { icon: Icon, key } = tools[tool];
        const isChosen = tool === chosen;
        return (
          <Tooltip key={tool} label={m.coPilot.view.toolHint(m.coPilot.view.tool[tool], key)} openDelay={300}>
            <ActionIcon
              size="lg"
              variant={isChosen ? 'filled' : 'default'}
              aria-label={m.coPilot.view.tool[tool]}
              aria-pressed={isChosen}
              aria-keyshortcuts={key.replace('Esc', 'Escape')}
              data-disabled={!mayShow}
              aria-disabled={!mayShow}
              onClick={() => {
                choose(tool);
              }}
            >
              <Icon size={18} stroke={1.8} aria-hidden />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </div>
  );
}
