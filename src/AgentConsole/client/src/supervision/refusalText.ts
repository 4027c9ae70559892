import { errorText } from '../connection/errorText';
import type { Messages } from '../locales/en';

/** Why an act was refused: what its code means for that act, where it means something of its own. */
export function refusalText(code: string, words: Readonly<Record<string, string>>, m: Messages): string {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? errorText(code, m);
}
