import type { GuidanceEvent, NavigationProposedEvent } from '@copilot/contracts';
import type { ScopePolicy } from '../scope/scope-policy';
import type { CoBrowseHub } from '../session/hub';
import type { Question } from './question';

/** Where a place is, seen from what the customer sees of the page. */
export type Whereabouts = 'above' | 'here' | 'below';

/** Shows on the page what the agent shows. It never touches the page: no event is made, nothing is focused or clicked, and nothing is answered. */
export interface GuidancePort {
  point(place: GuidanceEvent): void;
  highlight(place: GuidanceEvent): void;
  draw(drawing: GuidanceEvent): void;
  /** Undefined for a place that is not on this page. */
  whereIs(place: GuidanceEvent): Whereabouts | undefined;
  /** Scrolls there, and points. Only ever after the customer's yes. */
  scrollTo(place: GuidanceEvent): void;
}

export interface GuidanceOptions {
  readonly hub: CoBrowseHub;
  readonly sessionId: string;
  readonly view: GuidancePort | undefined;
  /** The agent sees the page that is open here. */
  readonly isShown: () => boolean;
  readonly isLive: () => boolean;
  readonly scope: () => ScopePolicy | undefined;
  readonly onChange: () => void;
  readonly leave: (url: string) => void;
}

/** A question that nobody answers must not stand for ever; somebody who reads slowly needs a while. */
const ASKED_FOR_MS = 60_000;
/** Long enough to read or hear where one is taken, to find the button by keyboard, and to say no. */
const NOTICE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
/** For the server to hear the answer before the page is left; a yes holds without it. */
const ANSWER_PATIENCE_MS = 1_000;

/** What the agent shows and proposes in one session. A proposal waits here for the customer's answer: one at a time, the newest. */
export class Guidance {
  question: Question | undefined;
  readonly #options: GuidanceOptions;
  readonly #subscriptions: (() => void)[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(options: GuidanceOptions) {
    const { hub, sessionId, view, isShown } = options;
    this.#options = options;
    const whileShown = (take: (view: GuidancePort, place: GuidanceEvent) => void) => (place: GuidanceEvent) => {
      if (view && place.sessionId === sessionId && isShown()) {
        take(view, place);
      }
    };
    this.#subscriptions = [
      hub.on(
        'Pointer',
        whileShown((to, place) => {
          to.point(place);
        }),
      ),
      hub.on(
        'Highlighted',
        whileShown((to, place) => {
          to.highlight(place);
        }),
      ),
      hub.on(
        'Drawn',
        whileShown((to, place) => {
          to.draw(place);
        }),
      ),
      hub.on(
        'ScrollProposed',
        whileShown((to, place) => {
          this.#scrollProposed(to, place);
        }),
      ),
      hub.on('NavigationProposed', (proposed) => {
        if (proposed.sessionId === sessionId) {
          this.#pageProposed(proposed);
        }
      }),
    ];
  }

  /** @param question The one that was answered, which may not be the newest any more. */
  answer(question: Question, isAccepted: boolean): void {
    if (question !== this.question) {
      return;
    }
    this.#ask(undefined);
    if (question.kind === 'page') {
      void this.#decide(question.proposalId, question.url, isAccepted);
    } else if (isAccepted) {
      this.#options.view?.scrollTo(question.place);
    }
  }

  /** A session that pauses or ends asks nothing more, and a place is asked about only on the page that it is on. */
  check(): void {
    const { isLive, isShown } = this.#options;
    if (this.question && (!isLive() || (this.question.kind === 'scroll' && !isShown()))) {
      this.answer(this.question, false);
    }
  }

  /** To the server, an open proposal is declined once the session is had from another connection. */
  withdrawPage(): void {
    if (this.question?.kind === 'page') {
      this.#ask(undefined);
    }
  }

  stop(): void {
    this.#isOver = true;
    this.question = undefined;
    clearTimeout(this.#timer);
    for (const unsubscribe of this.#subscriptions) {
      unsubscribe();
    }
  }

  #scrollProposed(view: GuidancePort, place: GuidanceEvent): void {
    const where = view.whereIs(place);
    if (where === 'here') {
      view.point(place);
    } else if (where) {
      this.#putAside();
      this.#ask({ kind: 'scroll', place, isAbove: where === 'above' });
    }
  }

  #pageProposed({ proposalId, url, atOnce }: NavigationProposedEvent): void {
    const path = this.#pathOf(url);
    if (path === undefined || !this.#options.isLive()) {
      void this.#decide(proposalId, url, false);
    } else {
      // The one before needs no answer: the server has put this one in its place.
      this.#ask({ kind: 'page', proposalId, url, path, isAtOnce: atOnce });
    }
  }

  /** What was asked so far has its answer, so that the agent does not wait for it. */
  #putAside(): void {
    if (this.question) {
      this.answer(this.question, false);
    }
  }

  #ask(question: Question | undefined): void {
    clearTimeout(this.#timer);
    this.question = question;
    if (question?.kind === 'page' && question.isAtOnce) {
      this.#giveNotice(question, NOTICE_MS);
    } else if (question) {
      this.#timer = setTimeout(() => {
        this.answer(question, false);
      }, ASKED_FOR_MS);
    }
    this.#options.onChange();
  }

  /** Begins anew while nobody looks, who then sees nothing of where they are about to be taken, and while they are at its buttons. */
  #giveNotice(question: Question & { kind: 'page' }, left: number): void {
    this.#timer = setTimeout(() => {
      if (document.visibilityState !== 'visible' || question.isHeld === true) {
        this.#giveNotice(question, NOTICE_MS);
      } else if (left > 0) {
        this.#giveNotice(question, left - LOOK_EVERY_MS);
      } else {
        this.answer(question, true);
      }
    }, LOOK_EVERY_MS);
  }

  #pathOf(url: string): string | undefined {
    const scope = this.#options.scope();
    return scope?.isProposable(url) === true ? scope.pathOf(url) : undefined;
  }

  async #decide(proposalId: string, url: string, isAccepted: boolean): Promise<void> {
    // Asked again, because the rules may have become others since the question.
    const accepted = isAccepted && this.#pathOf(url) !== undefined;
    const { hub, sessionId, leave } = this.#options;
    const told = hub.call('AnswerNavigation', { sessionId, proposalId, accepted }).catch(() => undefined);
    if (accepted) {
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, ANSWER_PATIENCE_MS))]);
      if (!this.#isOver && this.#options.isLive()) {
        leave(url);
      }
    }
  }
}
