import { useSyncExternalStore } from 'react';
import type { Readable } from './Store';

/** A store's value, or a part of it. `select` must answer the same object while that part is unchanged. */
export function useStore<T>(store: Readable<T>): T;
export function useStore<T, S>(store: Readable<T>, select: (value: T) => S): S;
export function useStore<T, S>(store: Readable<T>, select?: (value: T) => S): T | S {
  return useSyncExternalStore<T | S>(store.subscribe, () => (select ? select(store.get()) : store.get()));
}
