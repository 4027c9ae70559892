import type { MetadataJson } from 'libphonenumber-js/core';
import type { PhoneNumbers } from './phone-number';
import type { PhoneRules } from './phone-rules';

/** The files beside the chat's script, known only when they have been built: the script, and numbering plans by the first digit of their country codes. */
declare const PHONE_FILES: { readonly script: string; readonly plans: Readonly<Record<string, string>> };

/**
 * Fetches what reads telephone numbers, when the form for a call-back opens: the script, and the plans of those countries alone that the site calls.
 * @param attempt Counts from 0, so that a browser which remembers a failed import tries again.
 */
export async function loadPhoneNumbers(rules: PhoneRules, attempt: number): Promise<PhoneNumbers> {
  const [script, ...plans] = await Promise.all([
    load<typeof import('./phone-script')>(PHONE_FILES.script, attempt),
    ...zonesOf(rules).map((zone) => load<{ readonly default: MetadataJson }>(PHONE_FILES.plans[zone] ?? '', attempt)),
  ]);
  return new script.PhoneNumbers(
    rules,
    plans.map((plan) => plan.default),
  );
}

/** First digits of the country codes, each once. */
function zonesOf(rules: PhoneRules): string[] {
  return [...new Set(rules.prefixes.map((prefix) => prefix.charAt(1)))];
}

function load<T>(file: string, attempt: number): Promise<T> {
  return import(new URL(attempt === 0 ? file : `${file}?${attempt}`, import.meta.url).href) as Promise<T>;
}
