import { mask } from '../../../Sanitizing/rules.json';
import type { ViewerTexts } from './locales/texts';

const HIGHLIGHT = 'copilot-masked';
const HATCH = 'repeating-linear-gradient(135deg,rgba(120,120,140,.30) 0 6px,rgba(120,120,140,.12) 6px 12px)';

/**
 * What tells an agent that something is hidden on purpose. The page's own rules come later, so only what must not be lost is important: a box keeps the
 * place that the page gave the image.
 */
export function maskRules(boxes: ViewerTexts['boxes']): string[] {
  return [
    '* { scroll-behavior: auto !important }',
    ':root { color-scheme: light }',
    `::highlight(${HIGHLIGHT}) { background-color: #d9d3ea; color: #5b4a86 }`,
    `input, textarea, select, [contenteditable] { background-image: ${HATCH} !important }`,
    'input::placeholder, textarea::placeholder { color: #5b4a86 !important }',
    '[data-copilot-box] { display: inline-block; overflow: hidden }',
    `[data-copilot-box] { box-sizing: border-box !important; outline: 1px dashed #8d86a5 !important; outline-offset: -1px !important; background: ${HATCH} #eceaf2 !important }`,
    '[data-copilot-box]::before { font: 11px/1.4 system-ui, sans-serif !important; color: #4b4660 !important; padding: 2px 5px; opacity: .9 }',
    ...Object.entries(boxes).map(([kind, name]) => `[data-copilot-box=${kind}]::before { content: "${name}" }`),
  ];
}

/** Marks masked texts where they stand, without a change of the page's tree: elements of ours would move what is laid out. */
export class MaskMarks {
  #ranges: StaticRange[] = [];
  #due = false;

  readonly #frame: () => HTMLIFrameElement | undefined;

  constructor(frame: () => HTMLIFrameElement | undefined) {
    this.#frame = frame;
  }

  note(node: Node): void {
    const { textContent } = node;
    if (node.nodeType !== Node.TEXT_NODE || !textContent?.includes(mask)) {
      return;
    }

    for (let from = textContent.indexOf(mask); from >= 0; from = textContent.indexOf(mask, from + mask.length)) {
      this.#ranges.push(
        new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: from + mask.length }),
      );
    }

    if (!this.#due) {
      this.#due = true;
      queueMicrotask(() => {
        this.#paint();
      });
    }
  }

  clear(): void {
    this.#ranges = [];
  }

  #paint(): void {
    this.#due = false;
    const view = this.#frame()?.contentWindow as (Window & typeof globalThis) | null | undefined;
    // A browser without them shows the mask all the same, only less plainly.
    if (view && 'highlights' in view.CSS) {
      this.#ranges = this.#ranges.filter((range) => range.startContainer.isConnected);
      view.CSS.highlights.set(HIGHLIGHT, new view.Highlight(...this.#ranges));
    }
  }
}
