import { CallOutcomes, Reasons } from '@copilot/contracts';
import {
  type Icon,
  IconArrowsExchange,
  IconPhone,
  IconPhoneCheck,
  IconPhoneOff,
  IconPhonePause,
  IconPhoneX,
  IconRecordMail,
} from '@tabler/icons-react';

const icons: Readonly<Record<string, Icon>> = {
  [CallOutcomes.reached]: IconPhoneCheck,
  [CallOutcomes.noAnswer]: IconPhoneOff,
  [CallOutcomes.busy]: IconPhonePause,
  [CallOutcomes.voicemail]: IconRecordMail,
  [CallOutcomes.wrongNumber]: IconPhoneX,
  [Reasons.transferred]: IconArrowsExchange,
};

/** Beside the outcome's word, never instead of it. */
export function OutcomeIcon({ outcome }: { outcome: string }) {
  const Chosen = Object.hasOwn(icons, outcome) ? (icons[outcome] ?? IconPhone) : IconPhone;
  return <Chosen size={17} aria-hidden />;
}
