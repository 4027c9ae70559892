import type { RawEvent } from '../recorder/sanitizing/events';
import type { ViewerTexts } from './locales/texts';
import { maskRules, MaskMarks } from './masks';
import type { Place, ToViewer } from './messages';
import { PageReplay, type Size } from './page-replay';
import type { PageScreen, VeilState } from './view-session';

/** Up to this width a viewport is drawn as a phone's. */
const PHONE_WIDTH = 600;
const MARGIN = 24;

export interface PagePlace {
  readonly x: number;
  readonly y: number;
}

/** The part of the viewer's page that shows the customer's: a device of the size of their viewport, scaled to fit. */
export class PageView implements PageScreen {
  readonly device = part('device');
  /** Over the page: nothing of the page itself is ever under the mouse. */
  readonly surface = part('surface');
  readonly #stage: HTMLElement;
  readonly #page = part('page');
  readonly #pointer = part('pointer');
  readonly #veil = part('veil');
  readonly #elsewhere = part('elsewhere');
  readonly #texts: ViewerTexts;
  readonly #replay: PageReplay;
  readonly #marks: MaskMarks;
  #size: Size = { width: 1280, height: 720 };
  #scale = 1;
  /** Where the customer's window is on the page, while the agent looks elsewhere. */
  #customersPlace: PagePlace | undefined;
  /** After each change of what is on the screen. */
  onChange: () => void = () => undefined;
  /** Nodes have other ids from here on. */
  onPage: () => void = () => undefined;

  constructor(stage: HTMLElement, texts: ViewerTexts) {
    this.#stage = stage;
    this.#texts = texts;
    this.#replay = new PageReplay({
      root: this.#page,
      rules: maskRules(texts.boxes),
      onSize: (size) => {
        this.resize(size);
      },
      onNode: (node) => {
        this.#marks.note(node);
      },
    });
    this.#marks = new MaskMarks(() => this.#replay.frame);
    this.#pointer.hidden = true;
    this.#veil.setAttribute('role', 'status');
    this.#elsewhere.textContent = texts.elsewhere;
    this.#follow();
    this.device.append(this.#page, this.#pointer, this.#elsewhere, this.surface);
    stage.append(this.device, this.#veil);
    new ResizeObserver(() => {
      this.#fit();
    }).observe(stage);
    this.veil('waiting');
  }

  /** The part of the whole page that is seen. */
  get viewport(): Size & PagePlace {
    const view = this.#replay.frame?.contentWindow;
    return { ...this.#size, x: view?.scrollX ?? 0, y: view?.scrollY ?? 0 };
  }

  get hasPage(): boolean {
    return this.#replay.frame !== undefined;
  }

  get isElsewhere(): boolean {
    return this.#customersPlace !== undefined;
  }

  /** To another part of the page, until the customer scrolls. Answers whether the page had room to go there. */
  lookBy({ x, y }: PagePlace): boolean {
    const before = this.viewport;
    this.#replay.frame?.contentWindow?.scrollBy({ left: x, top: y, behavior: 'instant' });
    const now = this.viewport;
    if (now.x === before.x && now.y === before.y) {
      return false;
    }

    const place = this.#customersPlace ?? before;
    this.#follow(now.x === place.x && now.y === place.y ? undefined : place);
    this.#pointer.hidden = true;
    this.onChange();
    return true;
  }

  lookAsCustomer(): void {
    if (this.#customersPlace) {
      const { x, y } = this.#customersPlace;
      this.#replay.frame?.contentWindow?.scrollTo({ left: x, top: y, behavior: 'instant' });
      this.#follow();
      this.onChange();
    }
  }

  show(events: readonly RawEvent[]): void {
    this.#follow();
    this.#marks.clear();
    this.#replay.show(events);
    this.onPage();
    this.#changed();
  }

  apply(events: readonly RawEvent[]): void {
    if (events.some((event) => this.#replay.isScrollOfPage(event))) {
      this.#follow();
    }

    this.#replay.apply(events);
    this.#changed(events);
  }

  blank(): void {
    this.#follow();
    this.#replay.clear();
    this.#marks.clear();
    this.#pointer.hidden = true;
    this.onChange();
  }

  veil(state: VeilState): void {
    document.body.dataset.state = state;
    const words = state === 'live' ? undefined : this.#texts.states[state];
    this.#veil.replaceChildren(...(words ? [element('strong', words.title), element('span', words.text)] : []));
    this.#veil.hidden = !words;
  }

  movePointer({ x, y, scrollX, scrollY }: Extract<ToViewer, { type: 'pointer' }>): void {
    const { x: left, y: top } = this.viewport;
    this.#pointer.hidden = false;
    this.#pointer.style.transform = `translate(${(x + scrollX - left) * this.#scale}px, ${(y + scrollY - top) * this.#scale}px)`;
  }

  /** @param address of the page, for those who do not see it */
  name(address: string): void {
    this.#page.title = this.#texts.page(address);
    this.#replay.frame?.setAttribute('title', this.#page.title);
  }

  resize(size: Size): void {
    this.#size = size;
    this.#fit();
  }

  /** From a place on the surface to the same in the viewport of the page. */
  fromSurface(x: number, y: number): PagePlace {
    return { x: x / this.#scale, y: y / this.#scale };
  }

  toSurface({ x, y }: PagePlace): PagePlace {
    return { x: x * this.#scale, y: y * this.#scale };
  }

  /** What is there, by the id that both browsers know it by. */
  nodeAt({ x, y }: PagePlace): number | undefined {
    let element = this.#replay.elementAt(x, y) ?? null;
    while (element && this.#replay.idOf(element) === undefined) {
      element = element.parentElement;
    }

    return element ? this.#replay.idOf(element) : undefined;
  }

  /** A place as the customer's browser finds it again, whatever its fonts and what stands where masks are here. */
  anchored({ x, y }: PagePlace): Place {
    const nodeId = this.nodeAt({ x, y });
    const box = nodeId === undefined ? undefined : this.#replay.nodeOf(nodeId)?.getBoundingClientRect();
    return nodeId !== undefined && box && box.width > 0 && box.height > 0
      ? { x: share(x - box.x, box.width), y: share(y - box.y, box.height), nodeId }
      : this.inPage({ x, y });
  }

  /** From the viewport of the page to the whole of it. */
  inPage({ x, y }: PagePlace): PagePlace {
    const { x: left, y: top } = this.viewport;
    return { x: Math.round(x + left), y: Math.round(y + top) };
  }

  inViewport({ x, y }: PagePlace): PagePlace {
    const { x: left, y: top } = this.viewport;
    return { x: x - left, y: y - top };
  }

  /** Where a node is on the surface. */
  boxOf(id: number): DOMRect | undefined {
    const box = this.#replay.nodeOf(id)?.getBoundingClientRect();
    return (
      box && new DOMRect(box.x * this.#scale, box.y * this.#scale, box.width * this.#scale, box.height * this.#scale)
    );
  }

  /** @param customersPlace Undefined where the agent looks at the customer's part of the page. */
  #follow(customersPlace?: PagePlace): void {
    this.#customersPlace = customersPlace;
    this.#elsewhere.hidden = customersPlace === undefined;
  }

  #changed(events: readonly RawEvent[] = []): void {
    // The Replayer applies in microtasks of its own, which come before this one.
    queueMicrotask(() => {
      for (const { data } of events) {
        for (const { id } of (data as { texts?: { id: number }[] }).texts ?? []) {
          const node = this.#replay.textOf(id);
          if (node) {
            this.#marks.note(node);
          }
        }
      }

      this.onChange();
    });
  }

  #fit(): void {
    const { width, height } = this.#size;
    const room = { width: this.#stage.clientWidth - MARGIN, height: this.#stage.clientHeight - MARGIN };
    this.#scale = Math.max(0.05, Math.min(1, room.width / width, room.height / height));
    this.device.classList.toggle('phone', width <= PHONE_WIDTH);
    this.device.style.width = `${width * this.#scale}px`;
    this.device.style.height = `${height * this.#scale}px`;
    this.#page.style.transform = `scale(${this.#scale})`;
    this.#pointer.hidden = true;
    this.onChange();
  }
}

/** Fine enough for a pixel of a page of ten thousand. */
function share(part: number, whole: number): number {
  return Math.round(Math.max(0, Math.min(1, part / whole)) * 10_000) / 10_000;
}

function part(name: string): HTMLElement {
  const made = element('div', '');
  made.className = name;
  return made;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
