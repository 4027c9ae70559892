import { Limits } from '@copilot/contracts';
import { PlainPath } from './plain-path';

const PARTS = /^(https?:\/\/[a-z0-9._\-:[\]]+)(\/[^?#]*)(\?[!-"$-~]*)?(?:#([!-~]*))?$/;

/** A page's address exactly as a browser writes it in `location.href`: what a browser would write otherwise is none. */
export interface PageAddress {
  /** Everything before the path. It is a host's only when it is equal to one that was configured. */
  readonly origin: string;
  readonly pathText: string;
  readonly path: PlainPath;
  /** The path in the fragment of a page that does its own routing (`#/checkout`, `#!/checkout`). */
  readonly route: PlainPath | undefined;
  /** Neither a query string nor a fragment. */
  readonly isPathOnly: boolean;
}

export function parsePageAddress(url: string): PageAddress | undefined {
  const parts = url.length <= Limits.urlLength ? PARTS.exec(url) : null;
  const [, origin = '', pathText = '', query, fragment] = parts ?? [];
  const path = PlainPath.parse(pathText);
  if (!path || !isWhatTheBrowserOpens(url, origin, pathText)) {
    return undefined;
  }

  const routeText = /^!?(\/[^?]*)/.exec(fragment ?? '')?.[1];
  const route = routeText === undefined ? undefined : PlainPath.parse(routeText);
  if (routeText !== undefined && !route) {
    return undefined;
  }

  return { origin, pathText, path, route, isPathOnly: query === undefined && fragment === undefined };
}

function isWhatTheBrowserOpens(url: string, origin: string, pathText: string): boolean {
  try {
    const parsed = new URL(url);
    return parsed.origin === origin && parsed.pathname === pathText;
  } catch {
    return false;
  }
}
