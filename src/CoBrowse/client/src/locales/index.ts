import { languageOf } from '@copilot/shop-page';
import { en, type Words } from './en';
import { nl } from './nl';

/** Language subtag to words; English stands in for the rest. */
const languages: Readonly<Record<string, Words>> = { en, nl };

export function wordsFor(locale: string): Words {
  return languages[languageOf(locale)] ?? en;
}

export function endedWords(words: Words, reason: string | undefined, name: string): string {
  return (words.ended[reason ?? ''] ?? words.endedUnknown)(name);
}

export type { Words } from './en';
