/**
 * What reads telephone numbers: see `callback/load-phone-numbers.ts`. It is bundled alone, because it is nearly half as large as the whole chat, and only those who ask
 * for a call need it.
 */
export { PhoneNumbers } from './phone-number';
