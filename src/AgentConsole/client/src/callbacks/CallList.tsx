import { CloseButton, Title, UnstyledButton } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useDesk, useNow, useServerNow } from '../app/AppContext';
import classes from '../contacts/ChatList.module.css';
import { customerName } from '../customer/customerName';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { type Call, isProviderCalling } from './Call';
import { outcomeText } from './callText';

/** The agent's call-backs, apart from the chats: somebody is on the phone there. Nothing while there are none. */
export function CallList() {
  const desk = useDesk();
  const m = useMessages();
  const calls = useStore(desk.calls.state);
  const selectedId = useStore(desk.chats.state, (state) => state.selectedId);
  return calls.length === 0 ? null : (
    <section className={classes.section} aria-labelledby="calls-title">
      <Title order={2} id="calls-title" className={classes.title}>
        {m.calls.list}
      </Title>
      <ul className={classes.list}>
        {calls.map((call) => (
          <CallRow key={call.contactId} call={call} isSelected={call.contactId === selectedId} />
        ))}
      </ul>
    </section>
  );
}

function CallRow({ call, isSelected }: { call: Call; isSelected: boolean }) {
  const desk = useDesk();
  const m = useMessages();
  const name = customerName(call.customer, m);
  return (
    <li className={classes.item} data-ended={call.result !== undefined || undefined}>
      <UnstyledButton
        className={classes.row}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => {
          desk.chats.select(call.contactId);
        }}
      >
        <span className={classes.call}>
          <IconPhoneCall size={20} aria-hidden />
        </span>
        <span className={classes.body}>
          <span className={classes.line}>
            <span className={classes.name} dir="auto">
              {name}
            </span>
            {call.customer && <VerifiedIcon verified={call.customer.verified} />}
            {!call.result && <CallTime call={call} />}
          </span>
          <span className={classes.line}>
            <span className={classes.preview}>
              {call.result
                ? outcomeText(call.result.outcome, m)
                : call.dialedAt === undefined && !isProviderCalling(call.callback)
                  ? m.calls.row.toCall
                  : m.calls.row.calling}{' '}
              · <bdi>{call.topic}</bdi>
            </span>
          </span>
        </span>
      </UnstyledButton>
      {call.result && (
        <CloseButton
          className={classes.dismiss}
          size={24}
          aria-label={m.calls.dismiss(name)}
          onClick={() => {
            desk.dismiss(call.contactId);
          }}
        />
      )}
    </li>
  );
}

function CallTime({ call }: { call: Call }) {
  const formats = useFormats();
  const now = useNow();
  const serverNow = useServerNow();
  const since =
    call.dialedAt === undefined ? serverNow - Date.parse(call.acceptedAt ?? call.arrivedAt) : now - call.dialedAt;
  return <span className={classes.time}>{formats.stopwatch(since / 1000)}</span>;
}
