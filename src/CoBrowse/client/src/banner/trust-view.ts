import consentStyles from '../consent/consent.css';
import { ConsentDialog } from '../consent/consent-dialog';
import type { Overlay } from '../guidance/overlay';
import overlayStyles from '../guidance/overlay.css';
import questionStyles from '../guidance/question.css';
import { wordsFor, wordsLanguage } from '../locales';
import type { CoPilot } from '../session/co-pilot';
import { type CoPilotState, LocalEndReasons } from '../session/co-pilot-state';
import { Banner } from './banner';
import bannerStyles from './banner.css';
import { BannerGuard } from './banner-guard';
import { TrustedHost } from './trusted-host';

/** An element of ours in which Esc has a meaning of its own, such as the chat. */
const OWN_ESCAPE = '[data-copilot-escape]';

/** What the customer sees of a session, whatever the page does: first the question, then the banner, at the end why. */
export class TrustView {
  readonly #coPilot: CoPilot;
  readonly #locale: string;
  readonly #host: TrustedHost;
  readonly #banner: Banner;
  readonly #overlay: Overlay;
  #consent: ConsentDialog | undefined;
  #guard: BannerGuard | undefined;

  constructor(coPilot: CoPilot, locale: string, overlay: Overlay) {
    this.#coPilot = coPilot;
    this.#overlay = overlay;
    this.#locale = locale;
    this.#host = new TrustedHost(wordsLanguage(locale), consentStyles + bannerStyles + questionStyles + overlayStyles);
    this.#banner = new Banner({
      words: wordsFor(locale),
      onPause: (isPaused) => {
        coPilot.setPaused(isPaused);
      },
      onStop: () => {
        coPilot.end();
      },
      onAnswer: (question, isAccepted) => {
        coPilot.answer(question, isAccepted);
      },
      onClose: () => {
        coPilot.dismiss();
      },
    });
    this.#host.add(overlay.element, this.#banner.element);
    coPilot.onChange(() => {
      this.#update(coPilot.state);
    });
    // Before anything on the page's elements; only what the page has on its window from earlier on could keep it away.
    window.addEventListener('keydown', this.#keyPressed, { capture: true });
    document.addEventListener('focusin', this.#makeRoom);
    for (const change of ['resize', 'scroll']) {
      window.visualViewport?.addEventListener(change, this.#makeRoom);
    }
    this.#update(coPilot.state);
  }

  #update(state: CoPilotState | undefined): void {
    const wasAsked = this.#consent !== undefined;
    const isAsking = state?.phase === 'asking';
    if (isAsking) {
      this.#ask(state);
    } else {
      this.#consent?.close();
      this.#consent = undefined;
    }
    const isRunning = state?.phase === 'live' || state?.phase === 'paused';
    const isSaid = state?.phase === 'ended' && state.endReason !== undefined;
    if (state !== undefined && (isRunning || isSaid)) {
      this.#showBanner();
      this.#banner.update(state);
      this.#makeRoom();
      // Where the code was typed is hidden by now, and the question gone.
      if (wasAsked && focusedElement() === null) {
        this.#banner.element.focus();
      }
    } else if (!isAsking) {
      this.#host.remove();
    }
    const isShown = state?.phase === 'live' && state.isConnected && state.isInScope;
    this.#overlay.update(isShown ? state.agentName : undefined);
    this.#setGuarded(isRunning || isAsking);
  }

  #ask(state: CoPilotState): void {
    if (this.#consent) {
      this.#consent.update(state);
      return;
    }
    this.#consent = new ConsentDialog({
      words: wordsFor(this.#locale),
      state,
      onAnswer: (isGranted) => {
        this.#coPilot.consent(isGranted);
      },
      onNotRequested: () => {
        this.#coPilot.notRequested();
      },
    });
    this.#host.add(this.#consent.element);
    this.#restore();
  }

  #showBanner(): void {
    if (!this.#isShown()) {
      this.#restore();
    }
  }

  /** Shown anew it is the uppermost again. */
  #restore(): void {
    if (this.#consent) {
      // Being modal itself, it needs no dialog of the page around it, which may close.
      this.#host.attach(document.documentElement);
      this.#consent.show();
      return;
    }
    for (const home of this.#host.homes) {
      this.#host.attach(home);
      // The banner after what the agent shows, which never covers it.
      for (const { element } of [this.#overlay, this.#banner]) {
        if (element.matches(':popover-open')) {
          element.hidePopover();
        }
        element.showPopover();
      }
      if (this.#isShown()) {
        return;
      }
    }
  }

  #setGuarded(isGuarded: boolean): void {
    if (isGuarded) {
      this.#guard ??= new BannerGuard({
        isShown: () => this.#isShown(),
        restore: () => {
          this.#restore();
        },
        onLost: () => {
          this.#coPilot.end(LocalEndReasons.bannerHidden);
        },
      });
    } else {
      this.#guard?.stop();
      this.#guard = undefined;
    }
  }

  /** Shown, on the screen, and the very thing that a click at its place would meet. */
  #isShown(): boolean {
    const { element } = this.#consent ?? this.#banner;
    return (
      element.matches(':popover-open, :modal') &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      this.#host.isMet(element)
    );
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    const { state } = this.#coPilot;
    const isRunning = state?.phase === 'live' || state?.phase === 'paused';
    const isOwn = event.composedPath().some((each) => each instanceof Element && each.matches(OWN_ESCAPE));
    if (isRunning && event.key === 'Escape' && event.isTrusted && !event.isComposing && !isOwn) {
      this.#coPilot.end();
    }
    if (state?.question && event.key === 'F6' && focusedElement() !== this.#host.element) {
      event.preventDefault();
      this.#banner.focusQuestion();
    }
  };

  readonly #makeRoom = (): void => {
    const focused = focusedElement();
    if (this.#guard && focused && focused !== this.#host.element) {
      this.#banner.avoid(focused);
    }
    if (window.visualViewport) {
      this.#banner.avoidKeyboard(window.visualViewport);
    }
  };
}

/** Also inside of shadow trees that are open, such as the chat's. */
function focusedElement(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) {
    focused = focused.shadowRoot.activeElement;
  }
  return focused === document.body ? null : focused;
}
