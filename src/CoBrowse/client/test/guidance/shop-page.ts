/** Runs in the page of `page.test.ts`: a shop's page with a session, and a hub that is not there. */
import { TrustView } from '../../src/banner/trust-view';
import { Overlay } from '../../src/guidance/overlay';
import type { Question } from '../../src/guidance/question';
import type { CoPilot } from '../../src/session/co-pilot';
import type { CoPilotState } from '../../src/session/co-pilot-state';

const EVENTS = ['click', 'pointerdown', 'mousedown', 'focus', 'blur', 'input', 'change', 'keydown', 'submit', 'scroll'];

const nodes: Element[] = [];
const answers: boolean[] = [];
const ends: unknown[] = [];
const heard: string[] = [];
let root: ShadowRoot | undefined;
let changed = (): void => undefined;
let state: CoPilotState = {
  ...{ phase: 'live', agentName: 'Anna', department: undefined },
  ...{ isConnected: true, isInScope: true, isSeen: true, endReason: undefined },
};

// Open to the test, and to axe.
const attach = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')?.value as Element['attachShadow'];
Element.prototype.attachShadow = function (this: Element, init) {
  const made = attach.call(this, { ...init, mode: 'open' });
  root = init.mode === 'closed' ? made : root;
  return made;
};

const overlay = new Overlay((id) => nodes[id]);
const set = (change: Partial<CoPilotState>): void => {
  state = { ...state, ...change };
  changed();
};
const coPilot = {
  get state() {
    return state;
  },
  onChange: (listener: () => void) => {
    changed = listener;
  },
  end: (why?: string) => ends.push(why),
  consent: (isGranted: boolean) => {
    answers.push(isGranted);
    set({ phase: isGranted ? 'live' : 'ended', endReason: isGranted ? undefined : 'declined' });
  },
  answer: (_: Question, isAccepted: boolean) => {
    answers.push(isAccepted);
    set({ question: undefined });
  },
};
new TrustView(coPilot as unknown as CoPilot, 'en', overlay);

function part(selector: string): HTMLElement {
  const found = root?.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(selector);
  }
  return found;
}

const shop = {
  ...{ overlay, answers, ends, heard, part, set },
  get host(): Element {
    return root?.host ?? document.body;
  },
  get isHeld(): boolean {
    return state.question?.isHeld === true;
  },
  idOf: (selector: string): number => nodes.push(document.querySelector(selector) ?? document.body) - 1,
  listen: (): void => {
    for (const name of EVENTS) {
      window.addEventListener(
        name,
        (event) => {
          const what = event.isTrusted ? name : `a false ${name}`;
          if (!heard.includes(what)) {
            heard.push(what);
          }
        },
        { capture: true },
      );
    }
  },
};

export type ShopPage = typeof shop;
Object.assign(window, { shop });
