import { languageOf } from '@copilot/shop-page';
import { type CallbackWords, enCallback } from './callback-en';
import { nlCallback } from './callback-nl';

/** Language subtag to words; English stands in for the rest. */
const languages: Readonly<Record<string, CallbackWords>> = { en: enCallback, nl: nlCallback };

export function callbackWordsFor(locale: string): CallbackWords {
  return languages[languageOf(locale)] ?? enCallback;
}

export type { CallbackWords } from './callback-en';
