import { EntryKinds } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import { type ConversationState, lastSaid } from '../conversation/ConversationState';
import { noteText } from '../ending/dispositions';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import type { Chat } from './Chat';
import classes from './ChatList.module.css';

/** The line under the name: typing, what is not sent yet, a draft, or the last thing said. */
export function ChatPreview({ chat, state }: { chat: Chat; state: ConversationState }) {
  const desk = useDesk();
  const m = useMessages();
  const draft = useStore(desk.drafts.state, (drafts) => drafts[chat.conversationId]);
  const last = lastSaid(state);
  const unsent = state.unsent.at(-1);
  if (state.typing) {
    return <Line lead={m.chats.typing} />;
  }
  if (unsent) {
    return <Line lead={unsent.state === 'sent' ? m.chats.you : m.chats.unsent} text={unsent.text} />;
  }
  if (draft && draft.text !== '' && state.phase !== 'ended') {
    return <Line lead={m.chats.draft} text={draft.text} />;
  }
  if (!last) {
    return <Line lead={state.phase === 'loading' ? chat.topic : m.chats.noMessages} />;
  }
  if (last.kind === EntryKinds.note) {
    return <Line lead={m.chats.note} text={noteText(last, m)} />;
  }
  return <Line lead={last.author.id === desk.profile.agentId ? m.chats.you : undefined} text={last.text} />;
}

function Line({ lead, text }: { lead: string | undefined; text?: string }) {
  return (
    <span className={classes.preview}>
      {lead !== undefined && <span className={classes.lead}>{text === undefined ? lead : `${lead}: `}</span>}
      {/* Long texts are cut here already: a row of 4,000 characters would be laid out for nothing. */}
      {text !== undefined && <bdi>{text.slice(0, 120)}</bdi>}
    </span>
  );
}
