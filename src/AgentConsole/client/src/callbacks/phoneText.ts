import { useEffect } from 'react';
import { Store } from '../stores/Store';
import { useStore } from '../stores/useStore';

const e164 = /^\+[1-9]\d{7,14}$/;

type Group = (phone: string) => string;

/** The numbering plans of all countries are a tenth of the console; it comes with the first call-back. */
const grouping = new Store<Group | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Makes ready for the number to come. */
export function loadGrouping(): Promise<void> {
  loading ??= import('libphonenumber-js/min').then(
    ({ parsePhoneNumberFromString }) => {
      grouping.set((phone) => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone);
    },
    () => {
      // A number without spaces can be read too. The next card asks again.
      loading = undefined;
    },
  );
  return loading;
}

/** A number in groups, as people read one out; what is no whole number, such as a masked one, stays as it is. */
export function usePhoneText(phone: string): string {
  const group = useStore(grouping);
  useEffect(() => {
    void loadGrouping();
  }, []);
  return group && e164.test(phone) ? group(phone) : phone;
}

/** What a telephone program opens; undefined for what is no whole number. */
export function phoneLink(phone: string): string | undefined {
  return e164.test(phone) ? `tel:${phone}` : undefined;
}
