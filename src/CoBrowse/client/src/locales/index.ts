import { languageOf } from '@copilot/shop-page';
import { en, type Words } from './en';
import { nl } from './nl';

/** The language of this build of the script; the loader takes the one that the page needs. Undeclared in tests. */
declare const LANGUAGE: string;

/** English stands in for languages without words. */
export function wordsLanguage(locale: string): string {
  return (typeof LANGUAGE === 'string' ? LANGUAGE : languageOf(locale)) === 'nl' ? 'nl' : 'en';
}

export function wordsFor(locale: string): Words {
  return wordsLanguage(locale) === 'nl' ? nl : en;
}

export function endedWords(words: Words, reason: string | undefined, name: string): string {
  return (words.ended[reason ?? ''] ?? words.endedUnknown)(name);
}

export type { Words } from './en';
