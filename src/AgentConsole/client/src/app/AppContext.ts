import { createContext, use } from 'react';
import { useStore } from '../stores/useStore';
import type { ConsoleApp } from './ConsoleApp';
import type { Desk } from './Desk';

export const AppContext = createContext<ConsoleApp | undefined>(undefined);
export const DeskContext = createContext<Desk | undefined>(undefined);

export function useApp(): ConsoleApp {
  return required(use(AppContext));
}

export function useDesk(): Desk {
  return required(use(DeskContext));
}

/** Local time that moves once a second. */
export function useNow(): number {
  return useStore(useApp().ticker);
}

/** The server's time, as well as it is known, once a second. */
export function useServerNow(): number {
  const { clock } = useApp();
  return useNow() + clock.difference;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('Rendered outside the provider of what it uses.');
  }
  return value;
}
