import { type Locale, isLocale } from '../locales/locales';
import type { Keep } from '../stores/Keep';
import { Store } from '../stores/Store';

export interface Preferences {
  readonly locale: Locale;
  readonly muted: boolean;
}

/** What this browser remembers of the agent's taste. */
export class PreferenceStore {
  readonly state: Store<Preferences>;
  private readonly keep: Keep;

  constructor(keep: Keep, languages: readonly string[]) {
    this.keep = keep;
    const kept = keep.read('locale');
    const spoken = languages.map((language) => language.slice(0, 2).toLowerCase()).find(isLocale);
    this.state = new Store<Preferences>({
      locale: isLocale(kept) ? kept : (spoken ?? 'en'),
      muted: keep.read('muted') === 'true',
    });
  }

  setLocale(locale: Locale): void {
    this.keep.write('locale', locale);
    this.state.update((state) => ({ ...state, locale }));
  }

  setMuted(muted: boolean): void {
    this.keep.write('muted', String(muted));
    this.state.update((state) => ({ ...state, muted }));
  }
}
