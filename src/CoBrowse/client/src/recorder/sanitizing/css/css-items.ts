import type { CssTokens } from './css-tokens';

/** An item whose first brace comes before its first semicolon is a rule, except when it begins with a custom property and a colon. */
export function eachItem(
  tokens: CssTokens,
  start: number,
  end: number,
  onDeclaration: (start: number, end: number) => void,
  onRule?: (start: number, block: number) => void,
): void {
  let index = start;
  while ((index = tokens.skipSpace(index, end)) < end) {
    if (tokens.is(index, ';')) {
      index++;
      continue;
    }

    const isCustom = tokens.at(index)?.value.startsWith('--') && tokens.is(tokens.skipSpace(index + 1, end), ':');
    const stop = isCustom ? tokens.find(index, end, ';') : tokens.find(index, end, ';', '{');
    if (tokens.is(index, 'at') || (stop < end && tokens.is(stop, '{'))) {
      onRule?.(index, stop);
    } else {
      onDeclaration(index, stop);
    }

    index = tokens.next(stop, end);
  }
}
