/** Names under which all our scripts keep things in the browser, none before the customer's first action. */
export function sharedNames(site: string) {
  const prefix = `copilot:${site}:`;
  return {
    prefix,
    /** localStorage: token and id of the customer. */
    customer: `${prefix}customer`,
  };
}
