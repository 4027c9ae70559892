import { Badge, Text, Title, Tooltip } from '@mantine/core';
import { IconRosetteDiscountCheckFilled, IconShieldQuestion } from '@tabler/icons-react';
import { ContactKinds, type CustomerInfo } from '@copilot/contracts';
import type { ContactFacts as Facts } from '../contacts/ContactFacts';
import { useFormats, useMessages } from '../locales/LocaleContext';
import classes from './CustomerPanel.module.css';
import { CustomerAvatar } from './CustomerAvatar';
import { customerName } from './customerName';
import { Fact } from './Fact';
import { PageLink } from './PageLink';

interface CustomerPanelProps {
  readonly contact: Facts;
  readonly customer: CustomerInfo | undefined;
}

export function CustomerPanel({ contact, customer }: CustomerPanelProps) {
  const m = useMessages();
  const answers = Object.entries(customer?.answers ?? {});
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <CustomerAvatar customer={customer} size={56} />
        <Title order={2} size="h4" className={classes.name} dir="auto">
          {customerName(customer, m)}
        </Title>
        {customer && <Verification customer={customer} />}
      </div>
      <CustomerFacts customer={customer} />
      <ContactFacts contact={contact} />
      {answers.length > 0 && (
        <section>
          <Title order={3} className={classes.heading}>
            {m.customer.answers}
          </Title>
          <dl className={classes.facts}>
            {answers.map(([question, answer]) => (
              <Fact key={question} label={question}>
                {answer}
              </Fact>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function Verification({ customer }: { customer: CustomerInfo }) {
  const m = useMessages();
  const verified = customer.verified;
  const Icon = verified ? IconRosetteDiscountCheckFilled : IconShieldQuestion;
  return (
    <Tooltip label={verified ? m.customer.verifiedHint : m.customer.notVerifiedHint} multiline w={240}>
      <Badge
        variant={verified ? 'light' : 'default'}
        className={classes.badge}
        leftSection={<Icon size={14} aria-hidden />}
        tabIndex={0}
      >
        {verified ? m.customer.verified : m.customer.notVerified}
      </Badge>
    </Tooltip>
  );
}

function CustomerFacts({ customer }: { customer: CustomerInfo | undefined }) {
  const m = useMessages();
  const formats = useFormats();
  return (
    <section>
      <Title order={3} className={classes.heading}>
        {m.customer.details}
      </Title>
      <dl className={classes.facts}>
        <Fact label={m.customer.email}>
          {customer?.email ?? (
            <Text span size="sm" c="dimmed">
              {m.customer.notGiven}
            </Text>
          )}
        </Fact>
        {customer?.locale !== undefined && <Fact label={m.customer.locale}>{formats.language(customer.locale)}</Fact>}
        {customer?.orderId !== undefined && <Fact label={m.customer.order}>{customer.orderId}</Fact>}
        {customer?.pageUrl !== undefined && (
          <Fact label={m.customer.page}>
            <PageLink url={customer.pageUrl} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function ContactFacts({ contact }: { contact: Facts }) {
  const m = useMessages();
  const formats = useFormats();
  return (
    <section>
      <Title order={3} className={classes.heading}>
        {contact.kind === ContactKinds.callback ? m.calls.contact : m.customer.contact}
      </Title>
      <dl className={classes.facts}>
        <Fact label={m.customer.topic}>{contact.topic}</Fact>
        <Fact label={m.customer.queue}>{contact.queue}</Fact>
        <Fact label={m.customer.arrived}>{formats.moment(contact.arrivedAt)}</Fact>
        {contact.acceptedAt !== undefined && (
          <Fact label={m.customer.accepted}>{formats.moment(contact.acceptedAt)}</Fact>
        )}
      </dl>
    </section>
  );
}
