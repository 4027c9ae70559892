import { VisuallyHidden } from '@mantine/core';

/** A dash for what there is not, in words for those who hear it. */
export function Unknown({ text }: { text: string }) {
  return (
    <>
      <span aria-hidden title={text}>
        –
      </span>
      <VisuallyHidden>{text}</VisuallyHidden>
    </>
  );
}
