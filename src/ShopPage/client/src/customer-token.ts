import { type HubError, isRetriable, parseHubError } from '@copilot/contracts';
import { SessionOver } from '@copilot/realtime';
import type { CustomerIdentity } from './customer-identity';

/** The customer's token for each attempt to connect. A server that will not have this customer at all ends the session. */
export function customerToken(
  identity: Pick<CustomerIdentity, 'current'>,
  onRefused: (error: HubError) => void,
): (failures: number) => Promise<string> {
  return async (failures) => {
    try {
      return (await identity.current(failures > 0)).token;
    } catch (error) {
      const refusal = parseHubError(error);
      if (isRetriable(refusal.code)) {
        throw error;
      }
      onRefused(refusal);
      throw new SessionOver();
    }
  };
}
