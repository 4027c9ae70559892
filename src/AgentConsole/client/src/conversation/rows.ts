import type { LogEntry } from '@copilot/contracts';
import { EntryKinds } from '@copilot/contracts';
import { startOfDay } from '../locales/Formats';

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly time: string }
  | { readonly kind: 'event'; readonly key: string; readonly entry: LogEntry }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly entry: LogEntry;
      /** Not said by the one who spoke just before: the author is shown. */
      readonly isFirst: boolean;
    };

/** Messages of one author within this time read as one turn. */
const turnMs = 5 * 60_000;

/** What the log looks like: days between the entries, and who begins a turn. */
export function toRows(entries: readonly LogEntry[]): readonly Row[] {
  const rows: Row[] = [];
  let previous: LogEntry | undefined;
  for (const entry of entries) {
    if (!previous || startOfDay(Date.parse(previous.sentAt)) !== startOfDay(Date.parse(entry.sentAt))) {
      rows.push({ kind: 'day', key: `day-${entry.seq}`, time: entry.sentAt });
    }
    if (entry.kind === EntryKinds.event) {
      rows.push({ kind: 'event', key: String(entry.seq), entry });
    } else {
      rows.push({ kind: 'message', key: String(entry.seq), entry, isFirst: !previous || !isSameTurn(previous, entry) });
    }
    previous = entry;
  }
  return rows;
}

function isSameTurn(before: LogEntry, after: LogEntry): boolean {
  return (
    before.kind === after.kind &&
    before.author.id === after.author.id &&
    Date.parse(after.sentAt) - Date.parse(before.sentAt) < turnMs
  );
}
