import { adoptStyles } from '@copilot/shop-page';
import type { CallbackScript } from './callback-task';

/** The file beside the chat's script, known only when it has been built. */
declare const CALLBACK_FILE: string;

export type LoadCallback = () => Promise<CallbackScript>;

/** Fetches what asks for call-backs and shows them, once for each root that it is shown in. */
export function callbackLoader(root: ShadowRoot): LoadCallback {
  let loading: Promise<CallbackScript> | undefined;
  let attempts = 0;
  const load = async () => {
    // A browser may remember a failed import by its address, so another attempt has another one.
    const again = attempts === 0 ? '' : `?${attempts}`;
    attempts += 1;
    const script = (await import(
      new URL(CALLBACK_FILE + again, import.meta.url).href
    )) as typeof import('./callback-script');
    adoptStyles(root, script.styles);
    return script;
  };
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
