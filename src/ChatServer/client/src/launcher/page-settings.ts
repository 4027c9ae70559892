import { type PageSettings, readPageSettings } from '@copilot/shop-page/page-settings';

/** What the page says about its chat, read once from the script tag. */
export interface ChatSettings extends PageSettings {
  readonly topics: readonly string[];
  /** Where customers type the code of Co-Pilot, for pages that do not have its script. */
  readonly codePage: string | undefined;
  /** Where customers manage a call-back from any device, if the shop has such a page. */
  readonly callbackPage: string | undefined;
}

/** As every script's, `data-topics` (comma separated, in the order to show them) or `data-topic` (the page's only one), `data-code-page` and `data-callback-page`. */
export function readSettings(script: HTMLScriptElement): ChatSettings {
  const { topic, topics, codePage, callbackPage } = script.dataset;
  return {
    ...readPageSettings(script),
    codePage: httpAddress(codePage),
    callbackPage: httpAddress(callbackPage),
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
