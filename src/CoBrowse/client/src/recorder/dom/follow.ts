/**
 * Hears of what the page does with a method or a setter, after the browser has done it. Whatever goes wrong in hearing, the page gets what it would
 * have got. Answers how to stop: what others have put over it since stays, and then nothing is heard through it.
 */
export function follow(
  owner: object,
  name: string,
  hear: (on: never, args: [string]) => void,
  onError: (error: unknown) => void,
): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const kind = before?.set ? 'set' : 'value';
  const original: unknown = before && Reflect.get(before, kind);
  let isOn = typeof original === 'function';
  if (!isOn) {
    return () => undefined;
  }

  const ours = new Proxy(original as () => unknown, {
    apply(method, on: never, args: [string]): unknown {
      const answer: unknown = Reflect.apply(method, on, args);
      try {
        if (isOn) {
          hear(on, args);
        }
      } catch (error) {
        onError(error);
      }
      return answer;
    },
  });
  Object.defineProperty(owner, name, { ...before, [kind]: ours });
  return () => {
    isOn = false;
    if (before && Object.getOwnPropertyDescriptor(owner, name)?.[kind] === ours) {
      Object.defineProperty(owner, name, before);
    }
  };
}
