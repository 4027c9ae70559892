import { ContactKinds, type ContactSummary, newId } from '@copilot/contracts';
import type { ChatSession } from './chat-session';
import type { KeptChat } from './kept-chat';

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

/** To go on with, where there is one. */
export function chatAmong(contacts: readonly ContactSummary[]): KeptChat | undefined {
  for (const { kind, topic, conversationId } of contacts) {
    if (kind === ContactKinds.chat && conversationId !== undefined) {
      return { requestId: newId(), topic, conversationId };
    }
  }
  return undefined;
}
