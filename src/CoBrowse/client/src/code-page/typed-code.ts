/** The letters of codes: the server's alphabet, which leaves out what is read or heard wrong. */
const LETTERS = /^[23456789A-HJKMNP-Z]*$/;
const LENGTH = 8;

/** What somebody typed, as far as it can be judged without asking anybody. */
export type TypedCode =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'letters' }
  | { readonly kind: 'length'; readonly count: number };

/** Case, blanks, dashes and punctuation of any kind do not matter, nor does what a message around a pasted code left at its ends. */
export function readTypedCode(typed: string): TypedCode {
  const code = typed
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{Cf}]/gu, '')
    .toUpperCase();
  if (code === '') {
    return { kind: 'empty' };
  }
  if (!LETTERS.test(code)) {
    return { kind: 'letters' };
  }
  return code.length === LENGTH ? { kind: 'code', code } : { kind: 'length', count: code.length };
}

/** As it is read out: `K7P-4WXYZ`. */
export function showCode(code: string): string {
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}
