/** In milliseconds, the same for agent and customer, so that neither speaks of what the other does not see any more. */
export const RING_SHOWN_FOR = 10_000;
export const LINE_SHOWN_FOR = 8_000;
