import type { GuidanceEvent } from '@copilot/contracts';

/** What the agent wants of the customer's page and cannot do; one object for each time that it is asked. */
export type Question = {
  /** The customer is at its buttons, and is taken nowhere from there. */
  isHeld?: boolean;
} & (
  | {
      readonly kind: 'page';
      readonly proposalId: string;
      readonly url: string;
      /** All that is said of the address. */
      readonly path: string;
      /** The site lets it happen unasked: it is said, and can still be declined. */
      readonly isAtOnce: boolean;
    }
  | { readonly kind: 'scroll'; readonly place: GuidanceEvent; readonly isAbove: boolean }
);
