import { Avatar, type MantineColor } from '@mantine/core';
import type { CustomerInfo } from '@copilot/contracts';

/** Those of the palette whose letters stand out by 4.5 : 1 in light and dark. */
const colors: MantineColor[] = ['petrol', 'blue', 'indigo', 'violet', 'grape', 'pink'];

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
    <Avatar
      name={name}
      color={isPale ? 'gray' : 'initials'}
      allowedInitialsColors={colors}
      size={size}
      className={className ?? ''}
      aria-hidden
    />
  ) : (
    <Avatar color="gray" size={size} className={className ?? ''} aria-hidden />
  );
}
