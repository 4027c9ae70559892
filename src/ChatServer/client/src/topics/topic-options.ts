import { type CallbackRules, type ChannelOption, Channels, type WaitRange } from '@copilot/contracts';
import type { ServerApi } from '@copilot/shop-page';

/** Whether one can chat about a topic now. `asking` before the first answer, `unknown` when none came: then one may try. */
export interface TopicOption {
  readonly topic: string;
  readonly availability: 'asking' | 'unknown' | 'open' | 'closed';
  readonly waiting: number;
  readonly estimatedWait?: WaitRange;
  readonly opensAt?: Date;
  /** Where customers of the topic can be called. */
  readonly callback?: CallbackOption;
}

export interface CallbackOption {
  /** A call-back that is to come as soon as possible can be asked for now. */
  readonly isOpen: boolean;
  /** By the shop's own word, whatever its hours; otherwise one that is not open has no room, or opens later. */
  readonly isClosedForNow: boolean;
  readonly waiting: number;
  readonly estimatedWait?: WaitRange;
  readonly opensAt?: Date;
  readonly rules: CallbackRules;
}

type Api = Pick<ServerApi, 'contactOptions'>;

/** Asks about every topic of the page at once; one that gets no answer stays `unknown` and can be tried. */
export async function askTopics(api: Api, site: string, topics: readonly string[]): Promise<readonly TopicOption[]> {
  return Promise.all(topics.map((topic) => askTopic(api, site, topic)));
}

export function askingTopic(topic: string): TopicOption {
  return { topic, availability: 'asking', waiting: 0 };
}

export async function askTopic(api: Api, site: string, topic: string): Promise<TopicOption> {
  try {
    const { channels } = await api.contactOptions(site, topic);
    const chat = channels.find((option) => option.channel === Channels.chat);
    const callback = channels.find((option) => option.channel === Channels.callback);
    return {
      topic,
      availability: chat?.available === true ? 'open' : 'closed',
      ...lineOf(chat),
      ...(callback?.callback === undefined
        ? {}
        : {
            callback: {
              isOpen: callback.available,
              isClosedForNow: callback.closedForNow === true,
              rules: callback.callback,
              ...lineOf(callback),
            },
          }),
    };
  } catch {
    return { topic, availability: 'unknown', waiting: 0 };
  }
}

function lineOf(option: ChannelOption | undefined): Pick<TopicOption, 'waiting' | 'estimatedWait' | 'opensAt'> {
  return {
    waiting: option?.waiting ?? 0,
    ...(option?.opensAt === undefined ? {} : { opensAt: new Date(option.opensAt) }),
    ...(option?.estimatedWait === undefined ? {} : { estimatedWait: option.estimatedWait }),
  };
}
