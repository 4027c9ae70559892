import { IconRosetteDiscountCheckFilled } from '@tabler/icons-react';
import { useMessages } from '../locales/LocaleContext';
import classes from './CustomerPanel.module.css';

/** The sign behind the name of a customer whom the shop vouches for; the others get none. */
export function VerifiedIcon({ verified }: { verified: boolean }) {
  const m = useMessages();
  return verified ? (
    <IconRosetteDiscountCheckFilled
      size={15}
      className={classes.verified}
      role="img"
      aria-label={m.customer.verified}
    />
  ) : null;
}
