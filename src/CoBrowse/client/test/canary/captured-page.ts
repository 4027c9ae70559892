import type { Frame, PublishPointerRequest } from '@copilot/contracts';
import { expect } from 'vitest';
import type { SafeEvent } from '../../src/recorder/sanitizing/events';
import type { CaptureSession } from '../../src/session/capture';
import { FrameStream } from '../../src/viewer/frame-stream';
import { openCanaryPage } from './canary-page';

type Call = [method: string, request: { frames: Frame[] } & PublishPointerRequest];

/** The page's window, while it is being captured. */
export interface CapturedWindow {
  copilot: typeof import('../../src/recorder/page-capture');
  changeLater: () => Promise<void>;
  calls: Call[];
  ends: string[];
  isInScope: boolean;
  capture: InstanceType<typeof import('../../src/recorder/page-capture').PageCapture>;
  session: CaptureSession;
  /** What a script has made the page do. */
  synthetic: string[];
  /** What is not as it was before the capture began. */
  changed: () => string[];
}

/** The canary page in Chromium, captured, and what the hub was told of it. */
export async function openCapturedPage() {
  const canary = await openCanaryPage("export { PageCapture } from '../../src/recorder/page-capture'");
  const run = <Result, Argument>(work: (argument: Argument) => Result, argument?: Argument) =>
    canary.page.evaluate(work as (argument: unknown) => Result, argument);
  const calls = () => run(() => (window as unknown as CapturedWindow).calls);
  const frames = async () =>
    (await calls()).flatMap(([method, request]) => (method === 'PublishFrames' ? request.frames : []));
  const told = async () => {
    const stream = new FrameStream();
    return (await frames()).flatMap(({ data, ...piece }) => {
      const taken = stream.take({ ...piece, data: new Uint8Array(Buffer.from(data, 'base64')) });
      expect(taken.kind).not.toBe('unreadable');
      return taken.kind === 'frame' ? (taken.events as SafeEvent[]) : [];
    });
  };
  /** Until nothing is sent for a while. */
  const quiet = () =>
    run(async () => {
      const here = window as unknown as CapturedWindow;
      for (let before = -1; before !== here.calls.length;) {
        before = here.calls.length;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    });

  await run(noteWhatIsThere);
  await run(beginCapture);
  await quiet();
  return { ...canary, run, calls, frames, told, quiet };
}

export type CapturedPage = Awaited<ReturnType<typeof openCapturedPage>>;

/** Runs in the page: everything that a capture could leave something in. */
function noteWhatIsThere(): void {
  const methods: [object, string[]][] = [
    [HTMLInputElement.prototype, ['value']],
    [HTMLTextAreaElement.prototype, ['value']],
    [CSSStyleSheet.prototype, ['insertRule', 'deleteRule', 'addRule', 'removeRule', 'replace', 'replaceSync']],
    [CSSGroupingRule.prototype, ['insertRule', 'deleteRule']],
    [CSSStyleDeclaration.prototype, ['setProperty', 'removeProperty']],
    [Element.prototype, ['attachShadow']],
    [History.prototype, ['pushState', 'replaceState']],
    [Document.prototype, ['adoptedStyleSheets']],
    [ShadowRoot.prototype, ['adoptedStyleSheets']],
  ];
  const of = (owner: object, name: string): unknown => {
    const property = Object.getOwnPropertyDescriptor(owner, name) as { set?: unknown; value?: unknown } | undefined;
    return property?.set ?? property?.value;
  };
  const before = methods.flatMap(([owner, names]) => names.map((name) => ({ owner, name, was: of(owner, name) })));
  const ownNames = () =>
    [document, ...Array.from(document.querySelectorAll('*'), (element) => element.shadowRoot)].flatMap((root) =>
      root ? Object.getOwnPropertyNames(root) : [],
    );
  const ownBefore = ownNames();
  (window as unknown as CapturedWindow).changed = () => [
    ...before.filter(({ owner, name, was }) => of(owner, name) !== was).map(({ name }) => name),
    ...ownNames().filter((name) => !ownBefore.includes(name)),
  ];
}

/** Runs in the page. */
function beginCapture(): void {
  const here = window as unknown as CapturedWindow;
  Object.assign(here, { calls: [], ends: [], isInScope: true, synthetic: [] });
  // Everything that a script could make the page do something with.
  const spied: [object, string[]][] = [
    [EventTarget.prototype, ['dispatchEvent']],
    [HTMLElement.prototype, ['click', 'focus', 'blur']],
    [HTMLFormElement.prototype, ['submit', 'requestSubmit']],
    [Element.prototype, ['scrollIntoView', 'scrollTo']],
    [window, ['scrollTo', 'scroll', 'open']],
  ];
  for (const [owner, names] of spied) {
    for (const name of names) {
      const own = Reflect.get(owner, name) as (...rest: unknown[]) => unknown;
      Reflect.set(owner, name, function (this: unknown, ...rest: unknown[]) {
        here.synthetic.push(name);
        return own.apply(this, rest);
      });
    }
  }
  here.capture = new here.copilot.PageCapture();
  here.session = {
    ...{ sessionId: 's1', shownSelectors: ['.by-selector'], nextSeq: 1 },
    scope: { isInScope: () => here.isInScope } as unknown as CaptureSession['scope'],
    hub: {
      call: async (...call: Call) => {
        here.calls.push(structuredClone(call));
        await new Promise((resolve) => setTimeout(resolve, 5));
        return {};
      },
      on: () => () => undefined,
    },
    onPublishing: () => undefined,
    onOver: (reason) => here.ends.push(reason),
    onRefused: () => here.ends.push('refused'),
  };
  here.capture.start(here.session);
}
