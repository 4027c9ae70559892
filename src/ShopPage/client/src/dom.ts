type Handlers = { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };

export interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly on?: Handlers;
  /** Attributes; undefined ones are left out. */
  readonly [attribute: string]: string | Handlers | undefined;
}

/** Makes an element. Text becomes a text node, whatever it holds. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text' && typeof value === 'string') {
      element.textContent = value;
    } else if (typeof value === 'string') {
      element.setAttribute(name, value);
    }
  }
  for (const [name, handler] of Object.entries(properties.on ?? {})) {
    element.addEventListener(name, handler as EventListener);
  }
  element.append(...children);
  return element;
}

/** Sets the text only where it differs, so that a live region is not read again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
