/** Fields and what is in them: where somebody points tells which option, date or place in a text. */
const FIELDS = [
  'input,textarea,select,option,optgroup,[contenteditable]:not([contenteditable="false" i])',
  ...'option gridcell radio slider spinbutton textbox combobox'.split(' ').map((role) => `[role="${role}" i]`),
].join();
const HIDDEN = '[data-copilot-hide]';
/** What somebody clicks instead of typing. */
const KEYS = 'button,a,td,li,label,[role="button" i]';
/** One letter or digit: a key of a pad for a PIN or a password, which would be told by where it is. */
const ONE_CHARACTER = /^[\p{L}\p{N}]$/u;

/** Whether it is nobody's business that the pointer is at this place, given in pixels of the viewport. */
export function isPrivateSpot(document: DocumentOrShadowRoot, x: number, y: number): boolean {
  for (let element = deepest(document, x, y); element !== null; element = around(element)) {
    if (element.closest(`${FIELDS},${HIDDEN}`) || isKey(element)) {
      return true;
    }
  }
  return false;
}

/** Through the open shadow trees that it is in. */
function deepest(root: DocumentOrShadowRoot, x: number, y: number): Element | null {
  const element = root.elementFromPoint(x, y);
  const inside = element?.shadowRoot;
  return inside && inside !== root ? (deepest(inside, x, y) ?? element) : element;
}

function around(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function isKey(element: Element): boolean {
  const key = element.closest(KEYS) ?? element;
  const label = key.textContent.trim() || (key.getAttribute('aria-label')?.trim() ?? '');
  return ONE_CHARACTER.test(label);
}
