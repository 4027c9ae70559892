import { Button, Kbd, Text } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useDesk } from '../app/AppContext';
import { CustomerAvatar } from '../customer/CustomerAvatar';
import { customerName } from '../customer/customerName';
import { CallOfferFacts } from '../callbacks/CallOfferFacts';
import { VerifiedIcon } from '../customer/VerifiedIcon';
import { ariaKeys, shortcuts } from '../keyboard/shortcuts';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useFormats, useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import { Countdown } from './Countdown';
import classes from './OfferCard.module.css';
import type { OpenOffer } from './OfferStore';
import { offerWords } from './offerWords';

export function OfferCard() {
  const offer = useStore(useDesk().offers.state);
  return offer ? <OpenOfferCard key={offer.offerId} offer={offer} /> : null;
}

function OpenOfferCard({ offer }: { offer: OpenOffer }) {
  const desk = useDesk();
  const m = useMessages();
  const formats = useFormats();
  const acceptButton = useRef<HTMLButtonElement>(null);
  const name = customerName(offer.customer, m);
  const isCall = offer.callback !== undefined;
  const text = offer.callback?.note ?? offer.text;
  const busy = offer.answering !== undefined && !offer.failed;
  const accept = (): void => void desk.acceptOffer();
  const decline = (): void => void desk.declineOffer();

  useShortcuts({ accept, decline });
  useEffect(() => {
    // Only from nowhere: out of a text field, the next Enter there would accept a chat instead of sending a message.
    if (isFocusFree()) {
      acceptButton.current?.focus();
    }
    return () => {
      // The card took the focus with it; it comes back to where the work is.
      if (isFocusFree()) {
        document.getElementById('conversation')?.focus();
      }
    };
  }, []);

  return (
    <section
      role="dialog"
      aria-modal="false"
      aria-labelledby="offer-title"
      className={classes.card}
      data-call={isCall || undefined}
    >
      <Countdown offer={offer} />
      <div className={classes.head}>
        {isCall ? (
          <span className={classes.callIcon}>
            <IconPhoneCall size={24} aria-hidden />
          </span>
        ) : (
          <CustomerAvatar customer={offer.customer} size={44} />
        )}
        <div className={classes.who}>
          <h2 id="offer-title" className={classes.title}>
            {offerWords(offer.kind, m).title}
          </h2>
          <span className={classes.name}>
            <bdi>{name}</bdi>
            <VerifiedIcon verified={offer.customer.verified} />
          </span>
          <span className={classes.facts}>
            <bdi>{offer.topic}</bdi>
            {isCall && offer.queue !== offer.topic && <bdi> · {offer.queue}</bdi>} ·{' '}
            {m.offer.waited(formats.duration(offer.waitedSeconds))}
          </span>
        </div>
      </div>
      {offer.callback && <CallOfferFacts callback={offer.callback} />}
      {text !== undefined && (
        <p className={classes.words} dir="auto">
          {text}
        </p>
      )}
      {offer.failed && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {offerWords(offer.kind, m).failed}
        </Text>
      )}
      <div className={classes.buttons}>
        <Button
          ref={acceptButton}
          onClick={accept}
          loading={busy && offer.answering === 'accept'}
          disabled={busy}
          aria-keyshortcuts={ariaKeys('accept')}
          rightSection={<Kbd size="xs">{shortcuts.accept.keys.join('+')}</Kbd>}
        >
          {m.offer.accept}
        </Button>
        <Button
          variant="default"
          onClick={decline}
          loading={busy && offer.answering === 'decline'}
          disabled={busy}
          aria-keyshortcuts={ariaKeys('decline')}
          rightSection={<Kbd size="xs">{shortcuts.decline.keys.join('+')}</Kbd>}
        >
          {m.offer.decline}
        </Button>
      </div>
    </section>
  );
}

function isFocusFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.id === 'conversation';
}
