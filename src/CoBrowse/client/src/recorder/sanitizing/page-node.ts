import { isCss, kindOf, writeAttribute, type AttributeOwner } from './attributes';
import type { RawNode, SafeNode } from './events';
import type { Names } from './names';
import type { PageKnowledge } from './page-knowledge';
import { attributeRules, elementRules, limits, wordRules } from './rules';
import { shapeOf, type Shape } from './shape';
import { maskText } from './text';

const DOCUMENT = 0;
const DOCUMENT_TYPE = 1;
const ELEMENT = 2;
const TEXT = 3;

/** By them a field can grow with what is typed. */
const GROWTH = ['rows', 'cols', 'size'];

/** A node of the page as the recorder saw it last, and whether the other side has it. Siblings are linked in the page's order. */
export class PageNode {
  readonly id: number;
  readonly type: number;
  readonly isShadow: boolean;
  parent: PageNode | undefined;
  first: PageNode | undefined;
  last: PageNode | undefined;
  previous: PageNode | undefined;
  next: PageNode | undefined;
  /** Whether it was sent. */
  isSent = false;
  wasPassword = false;
  /** A mask for a mask is not sent again: it would tell when somebody types. */
  sentText = '';
  /** Of a field; for the same reason. */
  #sentStyle: string | undefined;
  text: string;
  readonly attributes: Record<string, unknown>;
  /** The other side knows it as something that has sheets: a host that came as a box has none. */
  mayAdopt = false;
  readonly #raw: RawNode;

  constructor(raw: RawNode, parent: PageNode | undefined) {
    this.id = raw.id;
    this.type = raw.type;
    this.#raw = raw;
    this.parent = parent;
    this.text = raw.textContent ?? '';
    this.attributes = raw.type === ELEMENT ? { ...raw.attributes } : {};
    this.isShadow = raw.isShadow === true && parent?.isShadowHost === true;
  }

  get isShadowHost(): boolean {
    return this.type === ELEMENT && this.#raw.isShadowHost === true;
  }

  get tagName(): string {
    return (this.#raw.tagName ?? '').toLowerCase();
  }

  /** Holds what somebody types, of which also the length is nobody's business: how far it is scrolled tells it. */
  get isField(): boolean {
    return ['input', 'textarea', 'select'].includes(this.tagName) || this.#isEditable();
  }

  get isStyle(): boolean {
    return this.type === ELEMENT && (this.tagName === 'style' || (!this.isSvg && this.#isSheetLink()));
  }

  get isPassword(): boolean {
    return this.tagName === 'input' && this.string('type').toLowerCase() === 'password';
  }

  get isSvg(): boolean {
    return this.#raw.isSVG === true;
  }

  get isHidden(): boolean {
    return this.has('data-copilot-hide') || this.parent?.isHidden === true;
  }

  string(name: string): string {
    const value = this.attributes[name];
    return typeof value === 'string' ? value : '';
  }

  has(name: string): boolean {
    const value = this.attributes[name];
    return value !== undefined && value !== null && value !== false;
  }

  /** Everything about it that never changes while the other side has it. */
  fixed(names: Names, page: PageKnowledge): string {
    const shape = shapeOf(this, names, page);
    const attributes = shape && this.#ownerless(shape, page);
    return JSON.stringify([shape?.tagName, shape?.box, [...attributeRules.fixed].map((name) => attributes?.[name])]);
  }

  /** @param mayTake Whether so much more CSS has room in what is being written. */
  write(names: Names, page: PageKnowledge, mayTake: (units: number) => boolean): SafeNode | undefined {
    const { id } = this;
    const shadow = this.isShadow && { isShadow: true as const };
    switch (this.type) {
      case DOCUMENT:
        this.mayAdopt = true;
        return this.parent
          ? undefined
          : {
              type: 0,
              id,
              ...(this.#raw.compatMode === 'BackCompat' && { compatMode: 'BackCompat' as const }),
              childNodes: [],
            };
      case DOCUMENT_TYPE:
        return this.parent?.type === DOCUMENT ? { type: 1, id, name: 'html', publicId: '', systemId: '' } : undefined;
      case TEXT:
        return this.parent?.type === ELEMENT
          ? { type: 3, id, ...shadow, textContent: this.writeText(page) }
          : undefined;
      case ELEMENT: {
        const shape = shapeOf(this, names, page);
        this.mayAdopt = this.isShadowHost && shape?.isEmpty === false;
        return (
          shape && {
            type: 2,
            id,
            ...(this.isSvg && { isSVG: true as const }),
            ...(this.mayAdopt && { isShadowHost: true as const }),
            ...shadow,
            tagName: shape.tagName,
            attributes: this.#writeAttributes(shape, names, page, mayTake),
            childNodes: [],
          }
        );
      }
      default:
        return undefined;
    }
  }

  writeText(page: PageKnowledge): string {
    this.sentText = maskText(this.text, this.isTextShown(page));
    return this.sentText;
  }

  /** The attribute's new value, null where it goes, undefined where it is none of the other side's business. */
  writeChange(name: string, names: Names, page: PageKnowledge): string | null | undefined {
    const shape = shapeOf(this, names, page);
    if (!shape || this.#isOwn(name)) {
      return undefined;
    }

    const owner = this.#owner(shape, page);
    if (kindOf(owner, name) === undefined) {
      return undefined;
    }

    const value = writeAttribute(owner, name, this.#source(name, page), names);
    if (name === 'style' && owner.isField && value === this.#sentStyle) {
      return undefined;
    }

    this.#noteStyle(name, value);
    return value ?? null;
  }

  /** Whether what is inside of it can be sent at all. */
  holdsChildren(names: Names, page: PageKnowledge): boolean {
    return this.type === DOCUMENT || shapeOf(this, names, page)?.isEmpty === false;
  }

  isTextShown(page: PageKnowledge): boolean {
    let isShown = false;
    for (let node: PageNode | undefined = this.type === ELEMENT ? this : this.parent; node; node = node.parent) {
      if (node.has('data-copilot-hide') || node.#isEditable() || elementRules.secret.has(node.tagName)) {
        return false;
      }

      isShown ||= node.#isShown(page);
    }

    return isShown;
  }

  #writeAttributes(
    shape: Shape,
    names: Names,
    page: PageKnowledge,
    mayTake: (units: number) => boolean,
  ): Record<string, string> {
    const owner = this.#owner(shape, page);
    const written: [string, string][] = Object.entries(this.#ownerless(shape, page));
    for (const name of new Set([...Object.keys(this.attributes), ...(this.tagName === 'input' ? ['type'] : [])])) {
      const value = this.#isOwn(name) ? undefined : writeAttribute(owner, name, this.#source(name, page), names);
      this.#noteStyle(name, value);
      if (value !== undefined && (!isCss(kindOf(owner, name)) || mayTake(value.length))) {
        written.push([name, value]);
      }
    }

    return Object.fromEntries(written.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limits.attributes));
  }

  /** The marks and sizes, which tell how to judge what is inside. */
  #ownerless(shape: Shape, page: PageKnowledge): Record<string, string> {
    const size = shape.box === undefined ? undefined : page.sizeOf(this.id);
    const marks: Record<string, string | undefined> = {
      contenteditable: this.#isEditable() ? '' : undefined,
      'data-copilot-show': this.#isShown(page) ? '' : undefined,
      'data-copilot-hide': this.has('data-copilot-hide') ? '' : undefined,
      'data-copilot-box': shape.box,
      rr_width: shape.box === undefined ? undefined : this.#pixels('rr_width', size?.width),
      rr_height: shape.box === undefined ? undefined : this.#pixels('rr_height', size?.height),
    };
    return Object.fromEntries(Object.entries(marks).filter((mark): mark is [string, string] => mark[1] !== undefined));
  }

  /** Not for the page to say, or to tell. */
  #isOwn(name: string): boolean {
    return (
      attributeRules.fixed.has(name) ||
      (this.isField && (name.startsWith('rr_scroll') || (GROWTH.includes(name) && this.tagName !== 'select')))
    );
  }

  #noteStyle(name: string, value: string | undefined): void {
    if (name === 'style') {
      this.#sentStyle = value;
    }
  }

  #pixels(name: string, measured: number | undefined): string | undefined {
    const raw = measured === undefined ? this.attributes[name] : `${measured.toFixed(2)}px`;
    return writeAttribute(
      { tagName: '', kinds: attributeRules.box, isShown: false, isField: false },
      name,
      raw,
      NO_NAMES,
    );
  }

  #owner(shape: Shape, page: PageKnowledge): AttributeOwner {
    return { tagName: shape.tagName, kinds: shape.kinds, isShown: this.isTextShown(page), isField: this.isField };
  }

  #source(name: string, page: PageKnowledge): unknown {
    const raw = this.attributes[name];
    if (this.tagName === 'input' && name === 'type') {
      const type = this.string('type').toLowerCase();
      return this.wasPassword ? 'password' : wordRules.get('input.type')?.has(type) ? type : 'text';
    }

    if (name === 'style' && typeof raw === 'object' && raw !== null) {
      return page.styleOf(this.id);
    }

    return name === '_cssText' && this.isStyle ? this.#sheet() : raw;
  }

  /** A sheet for some media only must not hold for all of them, and the attribute has words for few. */
  #sheet(): string {
    const css = this.string('_cssText');
    const media = this.string('media').trim();
    return media === '' || /^(all|print|screen)$/i.test(media) ? css : `@media ${media}{${css}}`;
  }

  #isSheetLink(): boolean {
    const rel = ` ${this.string('rel').toLowerCase()} `;
    return (
      this.tagName === 'link' &&
      (this.has('_cssText') || (rel.includes(' stylesheet ') && !rel.includes(' alternate ')))
    );
  }

  #isShown(page: PageKnowledge): boolean {
    return this.has('data-copilot-show') || page.shown().has(this.id);
  }

  #isEditable(): boolean {
    return this.has('contenteditable') && this.string('contenteditable').trim().toLowerCase() !== 'false';
  }
}

const NO_NAMES: Names = { of: () => '', ofProperty: () => '', ofElement: () => '' };
