export interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

export interface PageWatch {
  readonly current: PageFacts;
  stop(): void;
}

/** Where no event tells of an address that a script has changed: leaving the scope must be seen within 100 ms. */
const LOOK_EVERY_MS = 80;
/** Titles come late and change in bursts; a size changes many times while a window is dragged. */
const SETTLE_MS = 250;

interface NavigationLike {
  addEventListener(type: 'currententrychange', listener: () => void): void;
  removeEventListener(type: 'currententrychange', listener: () => void): void;
}

/**
 * Calls back when the page's address, title or size has changed; addresses at once. Nothing of the page's is patched: browsers with the
 * Navigation API tell of every change, for others the address is looked at.
 */
export function watchPage(onChange: () => void): PageWatch {
  const listening = new AbortController();
  const { signal } = listening;
  const navigation = (window as { navigation?: NavigationLike }).navigation;
  let seen = facts();
  let settling: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    const now = facts();
    const isElsewhere = now.url !== seen.url;
    const isOther = isElsewhere || now.title !== seen.title || now.width !== seen.width || now.height !== seen.height;
    seen = now;
    if (isOther) {
      onChange();
    }
  };
  const lookSoon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
  };
  const titles = new MutationObserver(lookSoon);
  titles.observe(document.head, { childList: true, characterData: true, subtree: true });
  window.addEventListener('popstate', look, { signal });
  window.addEventListener('hashchange', look, { signal });
  window.addEventListener('resize', lookSoon, { signal });
  navigation?.addEventListener('currententrychange', look);
  const timer = navigation === undefined ? setInterval(look, LOOK_EVERY_MS) : undefined;
  return {
    get current() {
      return facts();
    },
    stop: () => {
      listening.abort();
      titles.disconnect();
      navigation?.removeEventListener('currententrychange', look);
      clearInterval(timer);
      clearTimeout(settling);
    },
  };
}

function facts(): PageFacts {
  return { url: location.href, title: document.title, width: innerWidth, height: innerHeight };
}
