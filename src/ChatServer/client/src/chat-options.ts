import type { ServerApi } from '@copilot/shop-page';
import type { ChatSurroundings } from './conversation/current-chat';

/** What the page hands to the chat's controller. */
export interface ControllerOptions extends ChatSurroundings {
  readonly site: string;
  readonly topics: readonly string[];
  readonly api: Pick<ServerApi, 'contactOptions' | 'callbackTimes'>;
  /** This tab's. */
  readonly own: Storage;
  readonly isSignedIn: () => Promise<boolean>;
}
