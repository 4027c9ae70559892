import type { ChatHubCalls, ChatHubEvents } from '@copilot/contracts';
import { HubSession } from '@copilot/realtime';
import { signalRLink } from '@copilot/realtime/signalr-link';
import {
  adoptStyles,
  BrowserStorage,
  canJoinHere,
  CustomerIdentity,
  customerToken,
  h,
  joinHere,
  ServerApi,
} from '@copilot/shop-page';
import hostStyles from '@copilot/shop-page/host.css';
import controlStyles from '@copilot/shop-page/controls.css';
import paletteStyles from '@copilot/shop-page/palette.css';
import { callbackLoader } from './callback/load-callback';
import { ManagePage } from './callback/manage-page';
import manageStyles from './callback/manage-page.css';
import { ChatController } from './chat-controller';
import type { ChatSession } from './conversation/chat-session';
import { keptNames } from './launcher/kept-names';
import type { LauncherButton } from './launcher/launcher-button';
import type { ChatSettings } from './launcher/page-settings';
import { wordsFor } from './locales';
import { callbackPageOf } from './view/callback-frame';
import { Panel } from './view/panel';
import conversationStyles from './view/conversation.css';
import panelStyles from './view/panel.css';
import stepStyles from './view/steps.css';
import { fitToVisibleScreen } from './view/phone-screen';
import { TitleBadge } from './view/title-badge';

export interface OpenRequest {
  readonly topic?: string;
}

/** What the launcher may do with the chat once it is there. */
export interface ChatHandle {
  open(request?: OpenRequest): void;
  toggle(): void;
  forget(): void;
}

/** Builds the chat into the launcher's shadow root and takes up what this browser left off. */
export function mount(settings: ChatSettings, button: LauncherButton): ChatHandle {
  const names = keptNames(settings.site);
  const shared = new BrowserStorage(() => localStorage);
  const api = new ServerApi(settings.server);
  const { site, locale, identityToken, topics } = settings;
  const controller = new ChatController({
    site,
    topics,
    api,
    names,
    shared,
    own: new BrowserStorage(() => sessionStorage),
    // What comes after the path may hold things that are nobody else's business.
    pageUrl: location.origin + location.pathname,
    identity: new CustomerIdentity({ api, storage: shared, name: names.customer, site, locale, identityToken }),
    coPilot: { canJoin: () => canJoinHere(site), join: (code) => joinHere(site, code) },
    isSignedIn: async () => (await identityToken().catch(() => undefined)) !== undefined,
    openSession: (token) => openSession(settings, token),
  });
  adoptStyles(button.root, paletteStyles + controlStyles + panelStyles + stepStyles + conversationStyles);
  const panel = new Panel({
    controller,
    locale,
    codePage: settings.codePage,
    callbackPage: settings.callbackPage,
    loadCallback: callbackLoader(button.root),
    returnFocus: () => {
      button.element.focus();
    },
  });
  button.root.prepend(panel.element);
  fitToVisibleScreen(panel.element);
  const badge = new TitleBadge();
  controller.onChange(() => {
    button.setOpen(controller.state.isOpen);
    button.setUnread(controller.state.unread);
    badge.update(controller.state.unread);
  });
  const look = () => {
    controller.setVisible(document.visibilityState === 'visible');
    badge.update(controller.state.unread);
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('storage', (event) => {
    controller.storageChanged(event.key, event.newValue);
  });
  look();
  controller.resume();
  if (controller.wasOpen) {
    controller.open();
  }
  const open = (request?: OpenRequest) => {
    controller.open(request?.topic);
    // The panel is drawn in the next microtask; what is hidden cannot take the focus.
    queueMicrotask(() => {
      panel.takeFocus();
    });
  };
  return {
    open,
    toggle: () => {
      if (controller.state.isOpen) {
        controller.minimise();
      } else {
        open();
      }
    },
    forget: () => {
      controller.forget();
    },
  };
}

/** Fills the shop's page on which a call-back is managed. It has a root of its own in the page's place for it, so that the page's styles leave it alone. */
export function manage(settings: ChatSettings, place: HTMLElement): void {
  const { site, locale, identityToken } = settings;
  const words = wordsFor(locale);
  const root = place.attachShadow({ mode: 'open' });
  adoptStyles(root, hostStyles + paletteStyles + controlStyles + stepStyles + conversationStyles + manageStyles);
  const frame = h('section', { class: 'manage-page', lang: locale, 'aria-label': words.callback.open });
  root.append(frame);
  const shared = new BrowserStorage(() => localStorage);
  const api = new ServerApi(settings.server);
  const names = keptNames(site);
  const identity = new CustomerIdentity({ api, storage: shared, name: names.customer, site, locale, identityToken });
  const page = new ManagePage({
    site,
    api,
    own: new BrowserStorage(() => sessionStorage),
    name: names.manage,
    load: callbackLoader(root),
    openSession: () =>
      openSession(
        settings,
        customerToken(identity, () => undefined),
      ),
    page: callbackPageOf(words, locale, undefined),
    show: (part, problem) => {
      frame.replaceChildren(
        part?.element ?? h('p', { class: 'step', role: 'status', text: words.callback[problem ?? 'opening'] }),
      );
    },
  });
  const open = () => void page.open(location, history);
  window.addEventListener('hashchange', open);
  document.addEventListener('visibilitychange', () => {
    page.look();
  });
  open();
}

function openSession({ server }: ChatSettings, token: (failures: number) => Promise<string>): ChatSession {
  return new HubSession<ChatHubCalls, ChatHubEvents>({ url: `${server}hubs/chat`, link: signalRLink(), token });
}
