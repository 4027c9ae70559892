import { sharedNames } from '@copilot/shop-page/kept-names';

/** Names under which the chat keeps things in the browser, all of them only after the customer's first action. */
export function keptNames(site: string) {
  const { prefix, customer } = sharedNames(site);
  return {
    prefix,
    customer,
    /** localStorage: the chat that is open, shared by all tabs. Its presence is what makes a page resume. */
    chat: `${prefix}chat`,
    /** localStorage: prefix of unsent messages. */
    outbox: `${prefix}outbox:`,
    /** localStorage: the call-backs that were asked for, shared by all tabs. */
    callbacks: `${prefix}callbacks`,
    /** sessionStorage: the token of the page that manages a call-back, over its reload. */
    manage: `${prefix}manage`,
    /** sessionStorage: the words in the box. */
    draft: `${prefix}draft`,
    /** sessionStorage: the panel is open in this tab. */
    panel: `${prefix}panel`,
  };
}
