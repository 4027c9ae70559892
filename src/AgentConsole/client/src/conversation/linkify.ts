export interface TextPart {
  readonly text: string;
  /** Present where the text is a web address. */
  readonly href?: string;
}

const addresses = /https?:\/\/[^\s<>"'`]+/giu;

/** Punctuation that ends a sentence rather than an address. */
const trailing = /[.,;:!?…»”’]+$/u;

/** Splits a text into plain parts and web addresses. Nothing but http and https becomes a link, whatever somebody types. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(addresses)) {
    const address = withoutTail(match[0]);
    const url = safeUrl(address);
    if (!url) {
      continue;
    }
    if (match.index > end) {
      parts.push({ text: text.slice(end, match.index) });
    }
    parts.push({ text: address, href: url.href });
    end = match.index + address.length;
  }
  if (end < text.length || parts.length === 0) {
    parts.push({ text: text.slice(end) });
  }
  return parts;
}

/** An address that may be a link: a web page, and without a user name that would make one host look like another. */
export function safeUrl(address: string): URL | undefined {
  const url = URL.parse(address);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === ''
    ? url
    : undefined;
}

/** "(see https://example.org/a_(b))" ends in one bracket that belongs to the sentence. */
function withoutTail(address: string): string {
  let rest = address.replace(trailing, '');
  while (rest.endsWith(')') && count(rest, ')') > count(rest, '(')) {
    rest = rest.slice(0, -1).replace(trailing, '');
  }
  return rest;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
