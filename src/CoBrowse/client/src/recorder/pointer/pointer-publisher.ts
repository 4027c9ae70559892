import { Limits, type PublishPointerRequest } from '@copilot/contracts';
import { isPrivateSpot } from './private-spot';

export type PointerPlace = Omit<PublishPointerRequest, 'sessionId'>;

export interface PointerOptions {
  readonly publish: (place: PointerPlace) => Promise<unknown>;
  /** Asked before each call. */
  readonly maySend: () => boolean;
  /** For tests. */
  readonly isTrusted?: (event: Event) => boolean;
}

/** At most ten a second: the agent's browser draws what is between. */
const EVERY_MS = 100;
/** After a refusal. A pointer is never worth more than what it points at. */
const LATER_MS = 2_000;

/** Tells where the customer points and how far the page is scrolled; the last place counts, and one at a time is on its way. */
export class PointerPublisher {
  readonly #options: PointerOptions;
  readonly #listening = new AbortController();
  #at: { readonly x: number; readonly y: number } | undefined;
  #told: PointerPlace | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isTelling = false;
  #isNews = false;

  constructor(options: PointerOptions) {
    this.#options = options;
    const how = { capture: true, passive: true, signal: this.#listening.signal };
    const isTrusted = options.isTrusted ?? ((event: Event) => event.isTrusted);
    const moved = (event: PointerEvent): void => {
      if (isTrusted(event)) {
        this.#at = { x: event.clientX, y: event.clientY };
        this.#changed();
      }
    };
    window.addEventListener('pointermove', moved, how);
    // A finger points where it touches.
    window.addEventListener('pointerdown', moved, how);
    window.addEventListener(
      'scroll',
      () => {
        this.#changed();
      },
      how,
    );
  }

  stop(): void {
    this.#listening.abort();
    clearTimeout(this.#timer);
    this.#at = undefined;
  }

  #changed(): void {
    this.#isNews = true;
    if (this.#at && this.#timer === undefined && !this.#isTelling) {
      this.#wait(EVERY_MS);
    }
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, milliseconds);
  }

  async #tell(): Promise<void> {
    const place = this.#place();
    this.#isNews = false;
    if (!place || JSON.stringify(place) === JSON.stringify(this.#told) || !this.#options.maySend()) {
      return;
    }
    this.#isTelling = true;
    this.#told = place;
    const pause = await this.#publish(place);
    this.#isTelling = false;
    this.#tellLater(pause);
  }

  /** Answers how long to be silent. */
  async #publish(place: PointerPlace): Promise<number> {
    try {
      await this.#options.publish(place);
      return EVERY_MS;
    } catch {
      return LATER_MS; // Whoever sends frames hears it as well, and decides.
    }
  }

  #tellLater(pause: number): void {
    if (this.#isNews && this.#at) {
      this.#wait(pause);
    }
  }

  /** Asked of the page as it is now: what is under the pointer changes when the page moves. */
  #place(): PointerPlace | undefined {
    if (!this.#at || isPrivateSpot(document, this.#at.x, this.#at.y)) {
      return undefined;
    }
    const { x, y } = this.#at;
    return { x: within(x), y: within(y), scrollX: within(scrollX), scrollY: within(scrollY) };
  }
}

function within(value: number): number {
  return Math.min(Math.max(Math.round(value), -Limits.coordinate), Limits.coordinate);
}
