import { sharedNames } from '@copilot/shop-page/kept-names';

/** Where in sessionStorage a session is; its presence is what wakes the loader. */
export function keptName(site: string): string {
  return `${sharedNames(site).prefix}co-pilot`;
}
