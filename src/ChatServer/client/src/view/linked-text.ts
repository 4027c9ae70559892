import { h } from '@copilot/shop-page';

// No quotes, angle brackets, white space, nor the marks that turn the direction of writing: a link shows what it opens.
const ADDRESS = /https?:\/\/[^\s<>"'\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const TRAILING = /[.,;:!?)\]}…]+$/;

/** A message as text nodes, its web addresses as links. Nothing in it is ever read as HTML. */
export function linkedText(text: string, newTab: string): Node[] {
  const nodes: Node[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    if (isPlainAddress(address)) {
      nodes.push(document.createTextNode(text.slice(done, match.index)), link(address, newTab));
      done = match.index + address.length;
    }
  }
  nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

/** One with a name in front of the host (`https://shop.example@evil.example`) is there to mislead. */
function isPlainAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}

function link(address: string, newTab: string): HTMLAnchorElement {
  const hint = h('span', { class: 'unseen', text: ` ${newTab}` });
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr' }, address, hint);
}
