import { CallError, type CoBrowseHubCalls, type CoBrowseHubEvents, ErrorCodes } from '@copilot/contracts';
import { HubSession } from '@copilot/realtime';
import { jsonLink } from '@copilot/realtime/json-link';
import { BrowserStorage, CustomerIdentity, type PageSettings, ServerApi, sharedNames } from '@copilot/shop-page';
import { TrustView } from './banner/trust-view';
import { Overlay } from './guidance/overlay';
import { fillCodePlace } from './code-page/code-page';
import type { Mounted } from './loader/loader';
import { CoPilot } from './session/co-pilot';
import { KeptSessionStore } from './session/kept-session';
import { LazyCapture } from './session/lazy-capture';
import { loadRecorder } from './session/load-recorder';

/** Begins Co-Pilot on a page, with the session that the page before had. */
export function mount(settings: PageSettings): Mounted {
  const { server, site, locale, identityToken } = settings;
  const capture = new LazyCapture(async (attempt) => {
    const { PageCapture } = await loadRecorder(attempt);
    return new PageCapture();
  });
  const overlay = new Overlay((id) => capture.nodeOf(id));
  const coPilot = new CoPilot({
    site,
    guidance: overlay,
    store: new KeptSessionStore(new BrowserStorage(() => sessionStorage), site),
    identity: new CustomerIdentity({
      api: new ServerApi(server),
      storage: new BrowserStorage(() => localStorage),
      name: sharedNames(site).customer,
      site,
      locale,
      identityToken,
    }),
    openHub: (token) =>
      new HubSession<CoBrowseHubCalls, CoBrowseHubEvents>({ url: `${server}hubs/cobrowse`, link: jsonLink, token }),
    capture,
  });
  // The places first: they hide what had the focus before the question closes and looks for it.
  new TrustView(coPilot, locale, overlay);
  window.addEventListener('pagehide', () => {
    coPilot.release();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      void coPilot.resume();
    }
  });
  void coPilot.resume();
  return {
    fill: (places) => {
      for (const place of places) {
        fillCodePlace(place, coPilot, locale);
      }
    },
    join: async (code) => {
      if (coPilot.state !== undefined && coPilot.state.phase !== 'ended') {
        throw new CallError({ code: ErrorCodes.conflict, text: 'There is a session on this page.' });
      }
      await coPilot.join(code);
    },
  };
}
