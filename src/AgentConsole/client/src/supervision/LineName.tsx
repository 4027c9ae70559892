import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { LineOverview } from '@copilot/contracts';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Lines.module.css';
import { openingText } from './lineText';
import { useFigureTime, useLive } from './LiveContext';

interface LineNameProps {
  readonly line: LineOverview;
  /** Of the element that shows who is in the line while it is chosen. */
  readonly contactsId: string;
}

/** The line's name, which shows and hides who is in it, and whether it takes people. */
export function LineName({ line, contactsId }: LineNameProps) {
  const live = useLive();
  const m = useMessages();
  const formats = useFormats();
  const now = useFigureTime();
  const isChosen = useStore(live.state, (state) => state.queue === line.queue);
  const Chevron = isChosen ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.name}>
      <UnstyledButton
        className={classes.nameButton}
        aria-expanded={isChosen}
        aria-controls={isChosen ? contactsId : undefined}
        aria-label={m.supervision.lines.show(line.queue)}
        onClick={() => {
          live.choose(isChosen ? undefined : line.queue);
        }}
      >
        <Chevron size={16} aria-hidden className={classes.chevron} />
        <bdi>{line.queue}</bdi>
      </UnstyledButton>
      <span className={classes.opening} data-closed={!line.isOpen || line.closed !== undefined || undefined}>
        {openingText(line, m, formats, now)}
      </span>
    </div>
  );
}
