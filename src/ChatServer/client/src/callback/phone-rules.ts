/** Which numbers a site calls: its own words, as the server tells them. */
export interface PhoneRules {
  /** ISO 3166 alpha-2: where a number without a country code is from. Absent when everybody writes it. */
  readonly region?: string | undefined;
  /** What numbers begin with that are called: `+` and digits. */
  readonly prefixes: readonly string[];
  /** What numbers begin with that are not called all the same. */
  readonly blockedPrefixes: readonly string[];
}

/** As the server decides (`Callbacks/PhonePolicy.cs`): the longest prefix counts, and of two alike the allowed one. */
export function judgeNumber(e164: string, rules: PhoneRules): 'not_allowed' | 'blocked' | undefined {
  const allowed = longestOf(rules.prefixes, e164);
  if (allowed === 0) {
    return 'not_allowed';
  }
  return longestOf(rules.blockedPrefixes, e164) > allowed ? 'blocked' : undefined;
}

function longestOf(prefixes: readonly string[], e164: string): number {
  return Math.max(0, ...prefixes.filter((prefix) => e164.startsWith(prefix)).map((prefix) => prefix.length));
}
