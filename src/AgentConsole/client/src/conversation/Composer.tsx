import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconLock, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { EntryKinds, Limits } from '@copilot/contracts';
import { useDesk } from '../app/AppContext';
import type { Chat } from '../contacts/Chat';
import { customerName } from '../customer/customerName';
import { useShortcuts } from '../keyboard/useShortcuts';
import { useMessages } from '../locales/LocaleContext';
import { useStore } from '../stores/useStore';
import classes from './Composer.module.css';
import { ComposerHint } from './ComposerHint';
import { noDraft, type WritingMode } from './DraftStore';

interface ComposerProps {
  readonly chat: Chat;
  /** False where something beside it has the focus first. */
  readonly takesFocus?: boolean;
}

export function Composer({ chat, takesFocus = true }: ComposerProps) {
  const desk = useDesk();
  const m = useMessages();
  const draft = useStore(desk.drafts.state, (drafts) => drafts[chat.conversationId]) ?? noDraft;
  const name = customerName(useStore(chat.conversation.state, (state) => state.customer) ?? chat.customer, m);
  const field = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const isNote = draft.mode === 'note';
  const text = isNote ? draft.note : draft.text;
  const maySend = text.trim() !== '' && text.length <= Limits.textLength;

  useEffect(() => {
    // A finger's keyboard would cover the conversation that was just opened.
    if (takesFocus && window.matchMedia('(pointer: fine)').matches) {
      field.current?.focus();
    }
  }, [takesFocus]);

  const setMode = (mode: WritingMode): void => {
    desk.drafts.change(chat.conversationId, { mode });
    chat.conversation.edited('');
    field.current?.focus();
  };
  const change = (value: string): void => {
    desk.drafts.change(chat.conversationId, isNote ? { note: value } : { text: value });
    if (!isNote) {
      chat.conversation.edited(value);
    }
  };
  const send = (): void => {
    if (maySend) {
      chat.conversation.write(text, isNote ? EntryKinds.note : EntryKinds.text);
      change('');
    }
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    // Enter inside an input method chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };

  useShortcuts({
    compose: () => {
      setMode('text');
    },
    note: () => {
      setMode(isNote ? 'text' : 'note');
    },
  });

  return (
    <div className={classes.composer} data-note={isNote || undefined}>
      <div className={classes.modes}>
        <SegmentedControl
          size="xs"
          aria-label={m.composer.mode}
          data={[
            { value: 'text', label: m.composer.reply },
            { value: 'note', label: m.composer.note },
          ]}
          value={draft.mode}
          onChange={setMode}
        />
        {isNote && (
          <span className={classes.noteHint}>
            <IconLock size={13} aria-hidden /> {m.conversation.noteLabel}
          </span>
        )}
      </div>
      <div className={classes.line}>
        <Textarea
          ref={field}
          className={classes.field}
          classNames={{ input: classes.input }}
          autosize
          minRows={1}
          maxRows={8}
          dir="auto"
          aria-label={isNote ? m.composer.noteLabel : m.composer.replyLabel(name)}
          aria-describedby={hintId}
          placeholder={isNote ? m.composer.notePlaceholder : m.composer.replyPlaceholder(name)}
          value={text}
          onChange={(event) => {
            change(event.currentTarget.value);
          }}
          onKeyDown={onKey}
        />
        <Button
          color={isNote ? 'dark' : 'petrol'}
          aria-disabled={!maySend || undefined}
          data-idle={!maySend || undefined}
          className={classes.send}
          leftSection={<IconSend2 size={17} aria-hidden />}
          onClick={send}
        >
          {isNote ? m.composer.addNote : m.composer.send}
        </Button>
      </div>
      <ComposerHint id={hintId} length={text.length} />
    </div>
  );
}
