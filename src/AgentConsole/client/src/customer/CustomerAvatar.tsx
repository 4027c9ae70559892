import { Avatar } from '@mantine/core';
import type { CustomerInfo } from '@copilot/contracts';

interface CustomerAvatarProps {
  readonly customer: CustomerInfo | undefined;
  readonly size: number;
  /** The chat has ended. */
  readonly isPale?: boolean;
  readonly className?: string | undefined;
}

/** Initials where there is a name; the neutral figure for somebody who gave none. */
export function CustomerAvatar({ customer, size, isPale = false, className }: CustomerAvatarProps) {
  const name = customer?.name?.trim() || customer?.email?.trim();
  return name ? (
    <Avatar name={name} color={isPale ? 'gray' : 'initials'} size={size} className={className ?? ''} aria-hidden />
  ) : (
    <Avatar color="gray" size={size} className={className ?? ''} aria-hidden />
  );
}
