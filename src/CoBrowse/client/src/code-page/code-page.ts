import { adoptStyles } from '@copilot/shop-page';
import controlStyles from '@copilot/shop-page/controls.css';
import hostStyles from '@copilot/shop-page/host.css';
import paletteStyles from '@copilot/shop-page/palette.css';
import { wordsFor, wordsLanguage } from '../locales';
import type { CoPilot } from '../session/co-pilot';
import codeStyles from './code-page.css';
import { CodeForm } from './code-form';

/** Puts the field for the code into an element of the shop's page, in place of what the shop wrote there. */
export function fillCodePlace(place: HTMLElement, coPilot: CoPilot, locale: string): void {
  if (place.shadowRoot) {
    return;
  }
  const root = place.attachShadow({ mode: 'open' });
  place.lang = wordsLanguage(locale);
  place.dir = 'ltr';
  adoptStyles(root, hostStyles + paletteStyles + controlStyles + codeStyles);
  const form = new CodeForm({ words: wordsFor(locale), onCode: (code) => coPilot.join(code) });
  root.append(form.element);
  const update = () => {
    form.update(coPilot.state);
  };
  coPilot.onChange(update);
  update();
}
