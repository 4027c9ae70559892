import { createContext, use } from 'react';
import { useServerNow } from '../app/AppContext';
import { useStore } from '../stores/useStore';
import { isOld, type LiveStore } from './LiveStore';

export const LiveContext = createContext<LiveStore | undefined>(undefined);

export function useLive(): LiveStore {
  const live = use(LiveContext);
  if (!live) {
    throw new Error('Rendered outside the live page.');
  }
  return live;
}

/** The time at which the figures are looked at: it stands still while they are old, since nobody knows who waits still. */
export function useFigureTime(): number {
  const state = useStore(useLive().state);
  const now = useServerNow();
  return state.overview && isOld(state) ? Date.parse(state.overview.at) : now;
}
