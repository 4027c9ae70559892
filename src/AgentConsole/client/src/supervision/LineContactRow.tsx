import { Button, VisuallyHidden } from '@mantine/core';
import { IconMessage, IconPhone } from '@tabler/icons-react';
import { ContactKinds, ContactStates, type LineContact } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { useAsk } from './AskContext';
import classes from './LineContacts.module.css';
import { waitedSeconds, waitRangeText } from './lineText';
import { useFigureTime } from './LiveContext';

interface LineContactRowProps {
  readonly contact: LineContact;
  readonly queue: string;
}

export function LineContactRow({ contact, queue }: LineContactRowProps) {
  const m = useMessages();
  const words = m.supervision.contacts;
  const isCall = contact.kind === ContactKinds.callback;
  const Icon = isCall ? IconPhone : IconMessage;
  return (
    <li className={classes.row} data-offered={contact.state === ContactStates.offered || undefined}>
      <span className={classes.position}>
        <VisuallyHidden>{words.position(contact.position)}</VisuallyHidden>
        <span aria-hidden>{contact.position}</span>
      </span>
      <div className={classes.who}>
        <span className={classes.name}>
          <bdi>{customerName(contact.customer, m)}</bdi>
          <VerifiedIcon verified={contact.customer.verified} />
        </span>
        <span className={classes.about} dir="auto">
          <Icon size={14} aria-hidden />
          {isCall ? words.callback : words.chat}, {words.topic(contact.topic)}
        </span>
      </div>
      <Waits contact={contact} />
      <Acts contact={contact} queue={queue} />
    </li>
  );
}

function Waits({ contact }: { contact: LineContact }) {
  const m = useMessages();
  const formats = useFormats();
  const now = useFigureTime();
  const words = m.supervision.contacts;
  const offered = contact.state === ContactStates.offered;
  return (
    <div className={classes.waits}>
      <span className={classes.since} title={formats.moment(contact.arrivedAt)}>
        {words.since(formats.stopwatch(waitedSeconds(contact.arrivedAt, now)))}
      </span>
      <span className={classes.facts}>
        {contact.headStartSeconds > 0 && (
          <span className={classes.ahead}>{words.ahead(formats.duration(contact.headStartSeconds))}</span>
        )}
        {offered && (
          <span className={classes.offered}>
            {contact.offeredTo ? words.offeredTo(contact.offeredTo.name) : words.offered}
          </span>
        )}
        {!offered && contact.estimatedWait && (
          <span>{words.expected(waitRangeText(contact.estimatedWait, m, formats))}</span>
        )}
      </span>
    </div>
  );
}

function Acts({ contact, queue }: LineContactRowProps) {
  const desk = useDesk();
  const m = useMessages();
  const ask = useAsk();
  const words = m.supervision.contacts;
  const isConnected = useStore(desk.connection.state, (state) => state.session === 'connected');
  const name = customerName(contact.customer, m);
  return (
    <div className={classes.acts}>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!isConnected}
        onClick={() => {
          ask({ kind: 'move', contact, queue });
        }}
      >
        {words.move}
        <VisuallyHidden>({name})</VisuallyHidden>
      </Button>
      {/* Who is offered to somebody does not wait, so there is nothing to be ahead of. */}
      {contact.state === ContactStates.waiting && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={!isConnected}
          onClick={() => {
            ask({ kind: 'priority', contact });
          }}
        >
          {words.priority}
          <VisuallyHidden>({name})</VisuallyHidden>
        </Button>
      )}
    </div>
  );
}
