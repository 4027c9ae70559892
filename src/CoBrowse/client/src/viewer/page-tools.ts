import { RING_SHOWN_FOR } from '../guidance/shown-for';
import type { ViewerTexts } from './locales/texts';
import type { FromViewer, Tool } from './messages';
import { PagePen } from './page-pen';
import type { PagePlace, PageView } from './page-view';

const STEP = 16;
const LONG_STEP = 80;
/** Positions go out ten times a second. */
const POINT_EVERY = 100;
const KEYS: Readonly<Record<string, Tool>> = {
  p: 'point',
  h: 'highlight',
  s: 'scroll',
  d: 'draw',
  Escape: 'none',
};
const MOVES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** In viewports: somewhere else on the page than the customer is. */
const LOOKS: Readonly<Record<string, number>> = { PageUp: -0.8, PageDown: 0.8 };

/** What an agent can do: show a place, an element, where to scroll, or a line. None of it does anything to the customer's page but show. */
export class PageTools {
  #tool: Tool = 'none';
  #cursor: PagePlace | undefined;
  #marked: number | undefined;
  /** What the customer may still see of this agent's, and is taken back with the tool. */
  readonly #told = new Set<'pointed' | 'highlighted' | 'drawn'>();
  #pointedAt = 0;
  #late: ReturnType<typeof setTimeout> | undefined;
  #fading: ReturnType<typeof setTimeout> | undefined;
  readonly #cross = document.createElement('div');
  readonly #box = document.createElement('div');
  readonly #said = document.createElement('div');
  readonly #pen: PagePen;

  readonly #view: PageView;
  readonly #texts: ViewerTexts;
  readonly #post: (message: FromViewer) => void;

  constructor(view: PageView, texts: ViewerTexts, post: (message: FromViewer) => void) {
    this.#view = view;
    this.#texts = texts;
    this.#post = post;
    this.#pen = new PagePen(view);
    const { surface } = view;
    this.#cross.className = 'cross';
    this.#box.className = 'mark';
    this.#said.className = 'said';
    this.#said.setAttribute('role', 'status');
    surface.append(this.#cross, this.#box, this.#pen.element);
    view.device.append(this.#said);
    surface.tabIndex = 0;
    surface.setAttribute('role', 'application');
    surface.setAttribute('aria-description', texts.help);
    this.#listenToPointer(surface);
    this.#listenToWheelAndKeys(surface);
    view.onChange = () => {
      this.#draw();
    };
    view.onPage = () => {
      clearTimeout(this.#fading);
      this.#marked = undefined;
      this.#pen.clear();
    };
    this.choose('none');
  }

  choose(tool: Tool): void {
    this.#tool = tool;
    this.#takeBack('pointed');
    if (tool === 'none') {
      this.#takeBack('highlighted');
      this.#takeBack('drawn');
    }

    this.#pen.clear();
    this.#view.surface.dataset.tool = tool;
    this.#view.surface.setAttribute('aria-label', this.#texts.tools[tool]);
    this.#marked = undefined;
    this.#draw();
  }

  #listenToPointer(surface: HTMLElement): void {
    surface.addEventListener('pointermove', (event) => {
      this.#moved(this.#placeOf(event));
    });
    surface.addEventListener('pointerleave', () => {
      if (this.#tool === 'point') {
        this.#takeBack('pointed');
      }
    });
    surface.addEventListener('pointerdown', (event) => {
      if (this.#tool === 'draw' && event.button === 0 && this.#view.hasPage) {
        surface.setPointerCapture(event.pointerId);
        this.#pen.begin(this.#placeOf(event));
      }
    });
    for (const end of ['pointerup', 'pointercancel']) {
      surface.addEventListener(end, () => {
        this.#endLine();
      });
    }

    surface.addEventListener('click', (event) => {
      if (this.#tool !== 'draw') {
        this.#use(this.#placeOf(event));
      }
    });
  }

  #listenToWheelAndKeys(surface: HTMLElement): void {
    surface.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey) {
          event.preventDefault();
          this.#look(this.#view.fromSurface(event.deltaX, event.deltaY));
        }
      },
      { passive: false },
    );
    surface.addEventListener('keydown', (event) => {
      if (!event.ctrlKey && !event.altKey && !event.metaKey && this.#pressed(event.key, event.shiftKey)) {
        event.preventDefault();
      }
    });
  }

  #pressed(key: string, isFar: boolean): boolean {
    const tool = KEYS[key.length === 1 ? key.toLowerCase() : key];
    const move = MOVES[key];
    const look = LOOKS[key];
    if (look !== undefined) {
      this.#look({ x: 0, y: look * this.#view.viewport.height });
    } else if (key === 'Home') {
      this.#view.lookAsCustomer();
      this.#sayWhere();
    } else if (tool) {
      this.choose(tool);
      this.#post({ type: 'toolChosen', tool });
      this.#said.textContent = this.#texts.tools[tool];
    } else if (move) {
      const { width, height } = this.#view.viewport;
      const { x, y } = this.#cursor ?? { x: width / 2, y: height / 2 };
      const step = isFar ? LONG_STEP : STEP;
      this.#cursor = { x: between(0, x + move[0] * step, width - 1), y: between(0, y + move[1] * step, height - 1) };
      this.#moved(this.#cursor);
    } else if (key === 'Enter' && this.#cursor) {
      this.#use(this.#cursor);
    } else {
      return false;
    }

    return true;
  }

  #moved(place: PagePlace): void {
    if (this.#tool === 'highlight') {
      clearTimeout(this.#fading);
      this.#marked = this.#view.nodeAt(place);
    } else if (this.#tool === 'point') {
      this.#pointSoon(place);
    } else if (this.#tool === 'draw') {
      this.#pen.move(place);
    }

    this.#draw();
  }

  #pointSoon(place: PagePlace): void {
    clearTimeout(this.#late);
    const wait = this.#pointedAt + POINT_EVERY - performance.now();
    if (wait <= 0) {
      this.#point(place);
    } else {
      this.#late = setTimeout(() => {
        this.#point(place);
      }, wait);
    }
  }

  #point(place: PagePlace): void {
    this.#pointedAt = performance.now();
    if (this.#view.hasPage) {
      this.#told.add('pointed');
      this.#post({ type: 'pointed', ...this.#view.anchored(place) });
    }
  }

  #use(place: PagePlace): void {
    if (!this.#view.hasPage) {
      return;
    }

    if (this.#tool === 'point') {
      clearTimeout(this.#late);
      this.#point(place);
      this.#say(this.#texts.pointed);
    } else if (this.#tool === 'scroll') {
      this.#post({ type: 'scrollWanted', ...this.#view.anchored(place) });
      this.#say(this.#texts.scrolled);
    } else if (this.#tool === 'highlight') {
      this.#highlight(this.#view.nodeAt(place));
    } else if (this.#tool === 'draw' && this.#pen.isDown) {
      this.#endLine();
    } else if (this.#tool === 'draw') {
      this.#pen.begin(place);
      this.#say(this.#texts.drawing);
    }
  }

  /** The customer's page stays where it is. */
  #look(by: PagePlace): void {
    if (this.#view.lookBy(by)) {
      this.#sayWhere();
    }
  }

  #sayWhere(): void {
    this.#say(this.#view.isElsewhere ? this.#texts.elsewhere : this.#texts.asCustomer);
  }

  #endLine(): void {
    const points = this.#pen.isDown ? this.#pen.end() : [];
    if (points.length > 0) {
      this.#told.add('drawn');
      this.#post({ type: 'drawn', points });
      this.#say(this.#texts.drawn);
    }
  }

  /** Nothing is said of what the customer was not shown. */
  #takeBack(what: 'pointed' | 'highlighted' | 'drawn'): void {
    if (what === 'pointed') {
      clearTimeout(this.#late);
    }

    if (this.#told.delete(what)) {
      this.#post(what === 'drawn' ? { type: what, points: [] } : { type: what });
    }
  }

  #highlight(nodeId: number | undefined): void {
    if (nodeId === undefined) {
      this.#say(this.#texts.nothingThere);
      return;
    }

    this.#told.add('highlighted');
    this.#post({ type: 'highlighted', nodeId });
    this.#marked = nodeId;
    this.#say(this.#texts.highlighted);
    this.#draw();
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => {
      this.#marked = undefined;
      this.#draw();
    }, RING_SHOWN_FOR);
  }

  #placeOf(event: MouseEvent): PagePlace {
    const { left, top } = this.#view.surface.getBoundingClientRect();
    return this.#view.fromSurface(event.clientX - left, event.clientY - top);
  }

  #say(text: string): void {
    this.#said.textContent = text;
  }

  /** The mark follows its element, wherever that goes. */
  #draw(): void {
    this.#pen.show();
    const box = this.#marked === undefined ? undefined : this.#view.boxOf(this.#marked);
    this.#box.hidden = !box;
    if (box) {
      Object.assign(this.#box.style, {
        transform: `translate(${box.x}px, ${box.y}px)`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    }

    this.#cross.hidden = !this.#cursor || !this.#view.hasPage;
    if (this.#cursor) {
      const { x, y } = this.#view.toSurface(this.#cursor);
      this.#cross.style.transform = `translate(${x}px, ${y}px)`;
    }
  }
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
