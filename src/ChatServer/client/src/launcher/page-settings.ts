import { type PageSettings, readPageSettings } from '@copilot/shop-page/page-settings';

/** What the page says about its chat, read once from the script tag. */
export interface ChatSettings extends PageSettings {
  readonly topics: readonly string[];
}

/** As every script's, and `data-topics` (comma separated, in the order to show them) or `data-topic` (the page's only one). */
export function readSettings(script: HTMLScriptElement): ChatSettings {
  const { topic, topics } = script.dataset;
  return {
    ...readPageSettings(script),
    topics: (topic ?? topics ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  };
}
