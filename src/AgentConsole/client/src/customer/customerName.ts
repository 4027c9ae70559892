import type { CustomerInfo } from '@copilot/contracts';
import type { Messages } from '../locales/en';

/** How the console calls a customer: by name, else e-mail address, else neutrally. */
export function customerName(customer: CustomerInfo | undefined, messages: Messages): string {
  return customer?.name?.trim() || customer?.email?.trim() || messages.customer.unknown;
}
