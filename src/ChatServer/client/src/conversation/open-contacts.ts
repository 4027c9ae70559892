import type { ContactSummary } from '@copilot/contracts';
import type { ChatSession } from './chat-session';

/** Connects, and asks what this customer has open, wherever that was begun. Without an answer nothing is told. */
export function askOpenContacts(session: ChatSession, tell: (contacts: readonly ContactSummary[]) => void): void {
  session.onConnected(() => {
    session
      .call('MyContacts', {})
      .then(({ contacts }) => {
        tell(contacts);
      })
      .catch(() => undefined);
  });
  session.start();
}
