/** A person's doing, and not a script's. */
export type IsTrusted = (event: Event) => boolean;

export const isTrusted: IsTrusted = (event) => event.isTrusted;
