import { Modal } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { customerName } from '../customer/customerName';
import { useMessages } from '../locales/LocaleContext';
import type { Messages } from '../locales/en';
import { AskContext, type Question } from './AskContext';
import { CloseForm } from './CloseForm';
import { MoveForm } from './MoveForm';
import { PriorityForm } from './PriorityForm';

/**
 * Asks what a supervisor wants exactly. Around the whole page and not in a row of it: the row may go while somebody reads, and what they then choose
 * is still answered in words.
 */
export function LiveDialogs({ children }: { children: ReactNode }) {
  const m = useMessages();
  const [question, setQuestion] = useState<Question>();
  const [opened, setOpened] = useState(false);
  const ask = useCallback((next: Question): void => {
    setQuestion(next);
    setOpened(true);
  }, []);
  const close = (): void => {
    setOpened(false);
  };
  return (
    <AskContext value={ask}>
      {children}
      <Modal
        opened={opened}
        onClose={close}
        title={question && titleOf(question, m)}
        closeButtonProps={{ 'aria-label': m.supervision.close.cancel }}
      >
        {question && <Form question={question} onClose={close} />}
      </Modal>
    </AskContext>
  );
}

function Form({ question, onClose }: { question: Question; onClose: () => void }) {
  switch (question.kind) {
    case 'close':
      return <CloseForm line={question.line} onClose={onClose} />;
    case 'move':
      return <MoveForm contact={question.contact} queue={question.queue} onClose={onClose} />;
    case 'priority':
      return <PriorityForm contact={question.contact} onClose={onClose} />;
  }
}

function titleOf(question: Question, m: Messages): string {
  const { close, move, priority } = m.supervision;
  switch (question.kind) {
    case 'close':
      return question.line.closed ? close.changeTitle(question.line.queue) : close.title(question.line.queue);
    case 'move':
      return move.title(customerName(question.contact.customer, m));
    case 'priority':
      return priority.title(customerName(question.contact.customer, m));
  }
}
