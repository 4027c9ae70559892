import type { LogEntry } from '@copilot/contracts';
import { ContactKinds, EntryKinds, EventCodes, Roles } from '@copilot/contracts';
import type { Chat } from '../contacts/Chat';
import type { ContactFacts } from '../contacts/ContactFacts';
import { isSaid } from '../conversation/ConversationState';
import { customerName } from '../customer/customerName';
import type { Announcer } from '../notices/Announcer';
import type { NoticeStore, Said } from '../notices/NoticeStore';

/** Tells what came in, to the ear; and to everybody when a customer left, wherever the agent is looking. */
export function announceNews(
  chat: Chat | undefined,
  entries: readonly LogEntry[],
  ownId: string,
  announcer: Announcer,
  notices: NoticeStore,
): void {
  const customer = chat?.customer ?? chat?.conversation.state.get().customer;
  const last = entries.findLast((entry) => isSaid(entry) && entry.author.id !== ownId);
  if (last) {
    const isNote = last.kind === EntryKinds.note;
    announcer.tell((m) => {
      const author =
        last.author.role === Roles.customer ? customerName(customer, m) : (last.author.name ?? m.conversation.agent);
      return m.conversation.announced(isNote ? `${m.chats.note}, ${author}` : author, last.text);
    });
  }
  const end = entries.find((entry) => entry.kind === EntryKinds.event && entry.text === EventCodes.ended);
  // That a call-back was cancelled is told of the call.
  if (end?.data?.['by'] === Roles.customer && chat?.kind !== ContactKinds.callback) {
    notices.info((m) => m.notices.ended_by_customer(customerName(customer, m)));
  }
}

/** What goes on in Co-Pilot: to the ear where the agent looks, and to everybody when its contact is not the one on the page. */
export function announceCoPilot(
  contact: ContactFacts | undefined,
  isSelected: boolean,
  say: Said,
  announcer: Announcer,
  notices: NoticeStore,
): void {
  if (!contact || isSelected) {
    announcer.tell((m) => `${m.coPilot.title}: ${say(m)}`);
    return;
  }
  notices.info((m) => `${m.coPilot.title}, ${customerName(contact.customer, m)}: ${say(m)}`);
}
