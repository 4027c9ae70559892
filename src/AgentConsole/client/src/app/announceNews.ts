import type { LogEntry } from '@copilot/contracts';
import { EntryKinds, EventCodes, Roles } from '@copilot/contracts';
import type { Chat } from '../contacts/Chat';
import { isSaid } from '../conversation/ConversationState';
import { customerName } from '../customer/customerName';
import type { Announcer } from '../notices/Announcer';
import type { NoticeStore } from '../notices/NoticeStore';

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
  if (end?.data?.['by'] === Roles.customer) {
    notices.info((m) => m.notices.ended_by_customer(customerName(customer, m)));
  }
}
