/**
 * Calls back when the page may just have come back from somewhere: network there again, tab visible, page restored from the
 * back-forward cache, laptop woken. Answers a function that stops it. Outside a browser nothing ever happens.
 */
export function onWakeUp(callback: () => void): () => void {
  if (typeof window === 'undefined') {
    return () => undefined;
  }
  const whenVisible = () => {
    if (document.visibilityState === 'visible') {
      callback();
    }
  };
  window.addEventListener('online', callback);
  window.addEventListener('pageshow', callback);
  document.addEventListener('visibilitychange', whenVisible);
  return () => {
    window.removeEventListener('online', callback);
    window.removeEventListener('pageshow', callback);
    document.removeEventListener('visibilitychange', whenVisible);
  };
}
