import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconUserCircle } from '@tabler/icons-react';
import type { CustomerInfo } from '@copilot/contracts';
import type { ReactNode } from 'react';
import { useDesk } from '../app/AppContext';
import type { ContactFacts } from '../contacts/ContactFacts';
import { CustomerAvatar } from '../customer/CustomerAvatar';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { useMessages } from '../locales/LocaleContext';
import classes from './ConversationHeader.module.css';

interface ContactHeaderProps {
  readonly contact: ContactFacts;
  readonly customer: CustomerInfo | undefined;
  readonly isPale: boolean;
  /** What to say while the customer is away. */
  readonly away?: string | undefined;
  /** The customer's details are not beside it, whatever the room. */
  readonly isAlone?: boolean;
  readonly onCustomer: () => void;
  /** What can be done with the contact. */
  readonly children: ReactNode;
}

/** Above a contact on the screen: who it is, what about, and what can be done. */
export function ContactHeader({
  contact,
  customer,
  isPale,
  away,
  isAlone = false,
  onCustomer,
  children,
}: ContactHeaderProps) {
  const desk = useDesk();
  const m = useMessages();
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={m.chats.back}
        onClick={() => {
          desk.chats.select(undefined);
        }}
      >
        <IconArrowLeft size={20} aria-hidden className={classes.arrow} />
      </ActionIcon>
      <CustomerAvatar customer={customer} size={36} isPale={isPale} className={classes.avatar} />
      <div className={classes.who}>
        <h1 className={classes.name}>
          <bdi>{customerName(customer, m)}</bdi>
          {customer && <VerifiedIcon verified={customer.verified} />}
        </h1>
        <p className={classes.facts} dir="auto">
          {contact.topic === contact.queue ? contact.topic : `${contact.topic} · ${contact.queue}`}
        </p>
        <p className={classes.away} role="status">
          {away}
        </p>
      </div>
      {children}
      <ActionIcon
        className={classes.info}
        data-alone={isAlone || undefined}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={m.customer.open}
        onClick={onCustomer}
      >
        <IconUserCircle size={22} stroke={1.7} aria-hidden />
      </ActionIcon>
    </header>
  );
}
