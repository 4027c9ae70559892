import type { ServerApi } from '@copilot/shop-page';
import type { ChatSession } from '../conversation/chat-session';
import type { CallbackPage, CallbackPart, CallbackTask } from './callback-task';
import type { LoadCallback } from './load-callback';

export interface ManageOptions {
  readonly site: string;
  /** sessionStorage, and where in it the token is kept over a reload. */
  readonly own: Storage;
  readonly name: string;
  readonly api: Pick<ServerApi, 'contactOptions' | 'callbackTimes'>;
  readonly openSession: () => ChatSession;
  readonly load: LoadCallback;
  readonly page: CallbackPage;
  readonly show: (part: CallbackPart | undefined, problem: 'noLink' | 'failed' | undefined) => void;
}

/** What a manage token looks like. */
const TOKEN = /^[\w-]{1,200}\.[\w-]{20,100}$/;

/** A page of the shop on which one call-back is looked at, moved and cancelled by whoever has its link. */
export class ManagePage {
  private readonly options: ManageOptions;
  private part: CallbackPart | undefined;
  private session: ChatSession | undefined;

  constructor(options: ManageOptions) {
    this.options = options;
  }

  /** Takes the token out of the address, where scripts of others and the history would find it, and shows what it is for. */
  async open(
    location: Pick<Location, 'hash' | 'pathname' | 'search'>,
    history: Pick<History, 'replaceState' | 'state'>,
  ): Promise<void> {
    const { own, name, load, page, show } = this.options;
    const given = location.hash.slice(1);
    if (TOKEN.test(given)) {
      own.setItem(name, given);
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    const manageToken = own.getItem(name);
    this.close();
    if (manageToken === null) {
      show(undefined, 'noLink');
      return;
    }
    try {
      const script = await load();
      this.session = this.options.openSession();
      this.part = script.mountCallback(this.taskOf(manageToken, this.session), page);
      show(this.part, undefined);
    } catch {
      show(undefined, 'failed');
    }
  }

  /** The page is before somebody's eyes again: what may have been missed is asked for. */
  look(): void {
    this.part?.look();
  }

  private close(): void {
    this.part?.dispose();
    this.session?.stop();
    this.part = undefined;
  }

  private taskOf(manageToken: string, session: ChatSession): CallbackTask {
    const { site, api } = this.options;
    return {
      site,
      api,
      session,
      key: { manageToken },
      topic: undefined,
      chatId: undefined,
      option: undefined,
      name: '',
      pageUrl: '',
      onAsked: () => undefined,
      onEnded: () => undefined,
      onServed: () => undefined,
      onAgain: undefined,
      // Whoever has the link need not be the customer, whose words a chat has.
      onChat: undefined,
      onBack: undefined,
      onAway: undefined,
    };
  }
}
