import type { CustomerInfo, OfferedEvent } from '@copilot/contracts';

/** What the console knows of a contact, whatever its kind. The customer is absent after a reload until somebody names them. */
export interface ContactFacts {
  readonly contactId: string;
  readonly kind: string;
  readonly queue: string;
  readonly topic: string;
  readonly arrivedAt: string;
  readonly acceptedAt: string | undefined;
  readonly customer: CustomerInfo | undefined;
}

/** What an accepted offer tells, so that the contact opens without waiting for another answer. */
export function factsOfOffer(offer: OfferedEvent, serverNow: number): ContactFacts {
  return {
    contactId: offer.contactId,
    kind: offer.kind,
    queue: offer.queue,
    topic: offer.topic,
    customer: offer.customer,
    arrivedAt: new Date(serverNow - offer.waitedSeconds * 1000).toISOString(),
    acceptedAt: new Date(serverNow).toISOString(),
  };
}
