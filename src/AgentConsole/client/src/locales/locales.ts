import { en, type Messages } from './en';
import { nl } from './nl';

export const locales = { en, nl } satisfies Record<string, Messages>;

export type Locale = keyof typeof locales;

export function isLocale(value: string | null | undefined): value is Locale {
  return value !== null && value !== undefined && Object.hasOwn(locales, value);
}
