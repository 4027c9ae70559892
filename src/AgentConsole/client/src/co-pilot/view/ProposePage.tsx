import { ErrorCodes, Limits, SessionStates, type SitePage } from '@copilot/contracts';
import { Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { errorText } from '../../connection/errorText';
import type { Messages } from '../../locales/en';
import { useMessages } from '../../locales/LocaleContext';
import { useStore } from '../../stores/useStore';
import type { CoPilotSession } from '../CoPilotSession';
import classes from './PagePane.module.css';
import type { Proposal } from './Proposals';

/** A page for the customer to go to: one of the site's, or a path. They are asked; what became of it stands beside the button. */
export function ProposePage({ session }: { session: CoPilotSession }) {
  const m = useMessages();
  const [opened, setOpened] = useState(false);
  const isLive = useStore(session.state, (state) => state.phase === SessionStates.live);
  const pages = useStore(session.state, (state) => state.pages);
  const last = useStore(session.proposals.last);
  const propose = (url: string, name?: string): void => {
    setOpened(false);
    void session.proposals.propose(url, name);
  };
  return (
    <div className={classes.proposing}>
      <Popover
        opened={opened}
        onChange={setOpened}
        trapFocus
        returnFocus
        position="bottom-start"
        width="20rem"
        shadow="md"
      >
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRoute size={16} aria-hidden />}
            disabled={!isLive}
            onClick={() => {
              setOpened(!opened);
            }}
          >
            {m.coPilot.view.propose}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={m.coPilot.view.propose}>
          <ProposeForm pages={pages} onPropose={propose} />
        </Popover.Dropdown>
      </Popover>
      <p role="status" className={classes.proposal} data-state={last?.state}>
        {last && proposalText(last, m)}
      </p>
    </div>
  );
}

interface ProposeFormProps {
  readonly pages: readonly SitePage[];
  readonly onPropose: (url: string, name?: string) => void;
}

/** Inside the popover, so that it begins anew each time. */
function ProposeForm({ pages, onPropose }: ProposeFormProps) {
  const m = useMessages();
  const [path, setPath] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const typed = path.trim();
    if (typed !== '') {
      onPropose(/^(\/|[a-z][a-z0-9+.-]*:)/i.test(typed) ? typed : `/${typed}`);
    }
  };
  return (
    <>
      <form onSubmit={submit} className={classes.proposeForm}>
        <TextInput
          label={m.coPilot.view.path}
          placeholder="/help/returns"
          dir="ltr"
          maxLength={Limits.urlLength}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={path}
          onChange={(event) => {
            setPath(event.currentTarget.value);
          }}
        />
        <Button type="submit" size="xs" disabled={path.trim() === ''}>
          {m.coPilot.view.proposeSubmit}
        </Button>
      </form>
      {pages.length > 0 && (
        <ul className={classes.pages} aria-label={m.coPilot.view.pages}>
          {pages.map(({ title, url }) => (
            <li key={url}>
              <UnstyledButton
                className={classes.page}
                onClick={() => {
                  onPropose(url, title);
                }}
              >
                <span dir="auto">{title}</span>
                <span className={classes.path} dir="ltr">
                  {pathOf(url)}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function proposalText({ name, state, problem }: Proposal, m: Messages): string {
  const { view } = m.coPilot;
  if (state !== 'refused') {
    return view.proposal[state](name);
  }
  return problem === ErrorCodes.forbidden || problem === ErrorCodes.invalid
    ? view.proposal[problem](name)
    : `${view.proposal.refused(name)} ${errorText(problem, m)}`;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
