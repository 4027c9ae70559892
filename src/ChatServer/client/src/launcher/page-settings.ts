import { type PageSettings, readPageSettings } from '@copilot/shop-page/page-settings';

/** What the page says about its chat, read once from the script tag. */
export interface ChatSettings extends PageSettings {
  readonly topics: readonly string[];
  /** Where customers type the code of Co-Pilot, for pages that do not have its script. */
  readonly codePage: string | undefined;
}

/** As every script's, `data-topics` (comma separated, in the order to show them) or `data-topic` (the page's only one), and `data-code-page`. */
export function readSettings(script: HTMLScriptElement): ChatSettings {
  const { topic, topics, codePage } = script.dataset;
  return {
    ...readPageSettings(script),
    codePage: httpAddress(codePage),
    topics: (topic ?? topics ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  };
}

/** The shop's own word, and still no script. */
function httpAddress(address: string | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address ?? '', location.href);
    return address !== undefined && protocol.startsWith('http') ? href : undefined;
  } catch {
    return undefined;
  }
}
