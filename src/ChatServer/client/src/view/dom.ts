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

const paths = {
  back: 'M15 5l-7 7 7 7',
  minimise: 'M6 9l6 6 6-6',
  send: 'M4 12 20 4l-4 16-4.5-6.5ZM11.5 13.5 20 4',
  next: 'M9 6l6 6-6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
} as const;

export function icon(name: keyof typeof paths): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
