import { phonePlans } from '../../phone-plans.mjs';

type Plans = (typeof phonePlans)[string];

/** Of every country. */
export const allPlans: readonly Plans[] = Object.values(phonePlans);

/** Of the countries whose code begins so. */
export function plansOf(digit: string): Plans {
  const plans = phonePlans[digit];
  if (!plans) {
    throw new Error(`No country code begins with ${digit}.`);
  }
  return plans;
}
