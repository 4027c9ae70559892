/** On `window`, cancelable: whoever takes it prevents its default. */
const JOIN_EVENT = 'copilot-join';

/** A code on its way from the chat to Co-Pilot on the same page: in no address, in no storage, and only after the customer's click. */
interface JoinRequest {
  readonly site: string;
  /** Absent when it is only asked whether somebody is there. */
  readonly code?: string;
  /** Set by whoever takes it. */
  joined?: Promise<void>;
}

/** Is Co-Pilot's loader on this page, where it can begin? */
export function canJoinHere(site: string): boolean {
  return !window.dispatchEvent(new CustomEvent<JoinRequest>(JOIN_EVENT, { detail: { site }, cancelable: true }));
}

/** Rejects with a `CallError`, or with any error when Co-Pilot could not be loaded or is not there. The question for consent follows. */
export function joinHere(site: string, code: string): Promise<void> {
  const request: JoinRequest = { site, code };
  window.dispatchEvent(new CustomEvent<JoinRequest>(JOIN_EVENT, { detail: request, cancelable: true }));
  return request.joined ?? Promise.reject(new Error('Co-Pilot is not on this page.'));
}

/** Takes what the chat hands over, for as long as the page lives. */
export function onJoinRequest(site: string, join: (code: string) => Promise<void>): void {
  window.addEventListener(JOIN_EVENT, (event) => {
    const { detail } = event as CustomEvent<JoinRequest | null>;
    if (detail?.site === site) {
      event.preventDefault();
      if (typeof detail.code === 'string') {
        detail.joined = join(detail.code);
      }
    }
  });
}
