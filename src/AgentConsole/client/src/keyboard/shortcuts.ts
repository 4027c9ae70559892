/**
 * Every shortcut has Alt: single letters would fire for people who speak their input (WCAG 2.1.4). The key is where it is on the
 * keyboard (`code`), because Alt types other letters on some systems.
 */
export const shortcuts = {
  accept: { code: 'KeyA', keys: ['Alt', 'A'], overDialogs: true },
  decline: { code: 'KeyD', keys: ['Alt', 'D'], overDialogs: true },
  previous: { code: 'ArrowUp', keys: ['Alt', '↑'], overDialogs: false },
  next: { code: 'ArrowDown', keys: ['Alt', '↓'], overDialogs: false },
  compose: { code: 'KeyR', keys: ['Alt', 'R'], overDialogs: false },
  note: { code: 'KeyN', keys: ['Alt', 'N'], overDialogs: false },
  transfer: { code: 'KeyT', keys: ['Alt', 'T'], overDialogs: false },
  coPilot: { code: 'KeyC', keys: ['Alt', 'C'], overDialogs: false },
  call: { code: 'KeyL', keys: ['Alt', 'L'], overDialogs: false },
  end: { code: 'KeyE', keys: ['Alt', 'E'], overDialogs: false },
  help: { code: 'Slash', keys: ['Alt', '/'], overDialogs: false },
} as const;

export type ShortcutId = keyof typeof shortcuts;

/** As `aria-keyshortcuts` wants it. */
export function ariaKeys(id: ShortcutId): string {
  return `Alt+${shortcuts[id].code.replace(/^Key/, '').replace('Slash', '/')}`;
}

const steps: ReadonlySet<ShortcutId> = new Set(['previous', 'next']);

/** A key that is held steps on; whatever else it does is done once. */
export function mayRepeat(id: ShortcutId): boolean {
  return steps.has(id);
}

export function shortcutOf(event: KeyboardEvent): ShortcutId | undefined {
  // AltGr is Ctrl+Alt on some systems and types letters.
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState('AltGraph')) {
    return undefined;
  }
  const ids = Object.keys(shortcuts) as ShortcutId[];
  return ids.find((id) => shortcuts[id].code === event.code);
}
