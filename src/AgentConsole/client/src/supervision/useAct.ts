import { useState } from 'react';
import { parseHubError } from '@copilot/contracts';

export interface Act {
  readonly isBusy: boolean;
  /** Answers whether it was done. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>;
}

/** Something that the server is asked to do, once at a time. `onRefused` is told the code. */
export function useAct(onRefused: (code: string) => void): Act {
  const [isBusy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await act();
      return true;
    } catch (error) {
      onRefused(parseHubError(error).code);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run };
}
