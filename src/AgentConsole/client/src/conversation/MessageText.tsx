import { memo } from 'react';
import { linkify } from './linkify';
import classes from './Message.module.css';

/** A person's words: text nodes and web links, nothing else. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <div className={classes.text} dir="auto">
      {linkify(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </div>
  );
});
