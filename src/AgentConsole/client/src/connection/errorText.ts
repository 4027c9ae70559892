import { DISCONNECTED } from '@copilot/contracts';
import type { Messages } from '../locales/en';

/** A refusal's code in words. The server's own text is not shown: it is in one language and may change. */
export function errorText(code: string | undefined, m: Messages): string {
  if (code === DISCONNECTED) {
    return m.errors.offline;
  }
  const known: Readonly<Record<string, string>> = m.errors;
  return code !== undefined && Object.hasOwn(known, code) ? (known[code] ?? m.errors.other) : m.errors.other;
}
