/**
 * When to ask for the lock again, in milliseconds: a page that is being left gives it back a moment after the next one has begun. Who does not
 * get it in all that time forgets the session, so that it is long for a slow page too.
 */
const TRIES_AFTER = [0, 50, 150, 400, 1_000, 3_500];

/**
 * Holds a session for one page of the browser. A tab that was opened from another holds a copy of its sessionStorage and would take the
 * session over: while the first has it, this answers undefined, and the copy does nothing. Otherwise it answers how to let go.
 */
export async function holdSession(
  name: string,
  locks = (navigator as { locks?: Pick<LockManager, 'request'> }).locks,
  wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
): Promise<(() => void) | undefined> {
  if (locks === undefined) {
    // Only on pages without https, which are never shown; the server's lease allows one connection all the same.
    return () => undefined;
  }
  for (const pause of TRIES_AFTER) {
    await wait(pause);
    const release = await tryHold(locks, name);
    if (release) {
      return release;
    }
  }
  return undefined;
}

function tryHold(locks: Pick<LockManager, 'request'>, name: string): Promise<(() => void) | undefined> {
  return new Promise((answer) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          answer(undefined);
          return undefined;
        }
        return new Promise<void>((release) => {
          answer(release);
        });
      })
      .catch(() => {
        // A browser that refuses locks here is like one that has none.
        answer(() => undefined);
      });
  });
}
