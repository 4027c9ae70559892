import { Limits, type PageChangedRequest } from '@copilot/contracts';
import type { ScopePolicy } from '../scope/scope-policy';
import type { PageFacts } from './page-watch';

/** Said of a page that may not be shown: an address that no scope can hold. */
const PRIVATE_PAGE = 'about:blank';

export type ToldPage = Omit<PageChangedRequest, 'sessionId'>;

/**
 * What the server is told of a page: nothing at all outside the scope; inside it path and title, never a query string.
 */
export function toldPage(scope: ScopePolicy | undefined, { url, title, width, height }: PageFacts): ToldPage {
  const viewport = { width: pixels(width), height: pixels(height) };
  if (scope?.isInScope(url) !== true) {
    return { pageUrl: PRIVATE_PAGE, pageTitle: '', viewport };
  }
  return { pageUrl: plainUrl(url), pageTitle: wellFormed(title.slice(0, Limits.titleLength)), viewport };
}

/** No query string; a route in the fragment stays, because it may be what keeps a page out of scope. */
export function plainUrl(url: string): string {
  const { origin, pathname, hash } = new URL(url);
  return origin + pathname + (/^#!?\/[^?]*/.exec(hash)?.[0] ?? '');
}

function pixels(length: number): number {
  return Math.min(Math.max(Math.round(length), 0), Limits.viewportPixels);
}

/** Half a character, where the title was cut or by the page's own doing, would be no text on the wire. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}
